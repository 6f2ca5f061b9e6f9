package io.masterdeal.console.board;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A board of columns: each question is one pass over those that it asks for. */
public final class ColumnBoard implements Board {

    private final Supplier<List<String>> stagesInUse;
    private final Clock clock;
    private final List<BoardListener> listeners = new CopyOnWriteArrayList<>();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private BoardTable table = new BoardTable();
    private final DayCounts days = new DayCounts();
    /** What was last known of deals that are no more, so that an older event does not bring them back. */
    private final Map<UUID, Version> withdrawn = new HashMap<>();

    private final AtomicLong version = new AtomicLong();
    private volatile boolean current;

    /**
     * @param stagesInUse those of the rule set, in their order; may take long
     * @param clock tells the instant for SLA states where no other is given
     */
    public ColumnBoard(Supplier<List<String>> stagesInUse, Clock clock) {
        this.stagesInUse = stagesInUse;
        this.clock = clock;
    }

    private record Version(long epoch, long revision) {
        boolean isBefore(Card card) {
            return card.epoch() != epoch ? card.epoch() > epoch : card.revision() > revision;
        }
    }

    /** Takes a batch of events in, all or nothing for those who ask. */
    public void take(Collection<CardReader.Read> batch) {
        Set<UUID> changed = new LinkedHashSet<>();
        Lock writing = lock.writeLock();
        writing.lock();
        try {
            for (CardReader.Read read : batch) {
                if (take(read)) {
                    changed.add(read.card().id());
                }
            }
            if (!changed.isEmpty()) {
                version.incrementAndGet();
            }
        } finally {
            writing.unlock();
        }
        tell(changed);
    }

    private boolean take(CardReader.Read read) {
        Card card = read.card();
        int row = table.row(card.id());
        Version gone = withdrawn.get(card.id());
        if (row >= 0 && !table.isNewer(row, card.epoch(), card.revision())) {
            return false;
        }
        if (gone != null && !gone.isBefore(card)) {
            return false;
        }
        if (row >= 0) {
            days.remove(table.card(row));
        }
        if (read.withdrawn()) {
            table.remove(card.id());
            withdrawn.put(card.id(), new Version(card.epoch(), card.revision()));
        } else {
            withdrawn.remove(card.id());
            table.put(card);
            days.add(card);
        }
        return true;
    }

    private void tell(Set<UUID> changed) {
        if (!changed.isEmpty()) {
            long now = version.get();
            listeners.forEach(listener -> listener.changed(now, Set.copyOf(changed)));
        }
    }

    /** Forgets all deals, because they are of another topic. */
    void clear() {
        Set<UUID> gone = new LinkedHashSet<>();
        Lock writing = lock.writeLock();
        writing.lock();
        try {
            for (int row = 0; row < table.size(); row++) {
                gone.add(table.id(row));
            }
            table = new BoardTable();
            days.clear();
            withdrawn.clear();
            current = false;
            version.incrementAndGet();
        } finally {
            writing.unlock();
        }
        tell(gone);
    }

    void becomeCurrent() {
        current = true;
    }

    /**
     * Counts the trend again from all deals and puts it right.
     *
     * @return how many counts were wrong; 0 unless there is a mistake in this software
     */
    int recount() {
        Lock writing = lock.writeLock();
        writing.lock();
        try {
            DayCounts again = new DayCounts();
            for (int row = 0; row < table.size(); row++) {
                again.add(table.card(row));
            }
            DayCounts missing = again.without(days);
            days.change(missing, 1);
            return missing.size();
        } finally {
            writing.unlock();
        }
    }

    /** How many deals there are. */
    public int size() {
        return read(() -> table.size());
    }

    private <T> T read(Supplier<T> question) {
        Lock reading = lock.readLock();
        reading.lock();
        try {
            return question.get();
        } finally {
            reading.unlock();
        }
    }

    @Override
    public long version() {
        return version.get();
    }

    @Override
    public boolean isCurrent() {
        return current;
    }

    @Override
    public List<String> stages() {
        List<String> inUse = stagesInUse.get();
        return read(() -> stages(inUse));
    }

    private List<String> stages(List<String> inUse) {
        Set<String> all = new LinkedHashSet<>();
        all.add("none");
        all.addAll(inUse);
        all.addAll(values(table.stage().dictionary(), Integer.MAX_VALUE));
        return List.copyOf(all);
    }

    @Override
    public BoardCounts counts(DealSelection selection, Instant now) {
        // Asked before the lock is taken, for it may take long.
        List<String> inUse = stagesInUse.get();
        return read(() -> new Counting(table, now).count(new RowFilter(table, selection, now), stages(inUse)));
    }

    @Override
    public BoardPage page(DealSelection selection, Sort sort, @Nullable String after, int limit, Instant now) {
        return read(() -> new PageSearch(table, sort, after, limit).find(new RowFilter(table, selection, now)));
    }

    @Override
    public Optional<Card> card(UUID id) {
        return read(() -> cardOf(table.row(id)));
    }

    @Override
    public Optional<Card> byRoot(String root) {
        return read(() -> cardOf(table.row(root)));
    }

    private Optional<Card> cardOf(int row) {
        return row < 0 ? Optional.empty() : Optional.of(table.card(row));
    }

    @Override
    public List<String> values(String attribute, int limit) {
        return read(() -> {
            CodedColumn column = table.attributes().get(attribute);
            return column == null ? List.of() : List.copyOf(values(column.dictionary(), limit));
        });
    }

    /** The first texts that rows have, but for the empty one. */
    private static Set<String> values(Dictionary dictionary, int limit) {
        TreeSet<String> values = new TreeSet<>();
        for (int code = 1; code < dictionary.size(); code++) {
            String text = dictionary.textOrNull(code);
            if (text != null && dictionary.rows(code) > 0) {
                values.add(text);
                if (values.size() > limit) {
                    values.pollLast();
                }
            }
        }
        return values;
    }

    @Override
    public List<String> ruleSets() {
        return read(() -> List.copyOf(values(table.ruleSet().dictionary(), Integer.MAX_VALUE)));
    }

    /** Reads the clocks of every deal of the selection, which no column has. */
    @Override
    public List<PolicyCounts> policies(DealSelection selection, Instant from, Instant now, Duration within) {
        return read(() -> {
            RowFilter filter = new RowFilter(table, selection, now);
            PolicyCounting counting = new PolicyCounting(from, now, within);
            for (int row = 0; row < table.size(); row++) {
                if (filter.matches(row)) {
                    counting.add(table.card(row));
                }
            }
            return counting.result();
        });
    }

    @Override
    public List<DayTrend> trend(LocalDate from, LocalDate to) {
        return to.isBefore(from) ? List.of() : read(() -> days.trend(from, to));
    }

    @Override
    public List<Flow> flow(DealSelection selection, Instant from) {
        return read(() -> new FlowCount(table, from).count(new RowFilter(table, selection, clock.instant())));
    }

    @Override
    public void listen(BoardListener listener) {
        listeners.add(listener);
    }
}
