package io.masterdeal.facts;

import io.masterdeal.facts.sla.ClockTable;
import io.masterdeal.facts.sla.KeptSla;
import io.masterdeal.facts.sla.SlaChanges;
import io.masterdeal.facts.sla.SlaStatement;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.facts.sla.Standing;
import io.masterdeal.facts.sla.StatementComparison;
import io.masterdeal.facts.sla.StatementTable;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.Finding;
import io.masterdeal.model.sla.ClockStatus;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Deals that were settled: compares their answers with those before, and writes what changed, the revisions to be published among it.
 * First the answer is published, then what there is to say about its clocks, each a revision of its own.
 */
final class SettledDeals {

    private final Answering answering;

    private final Counts counts;

    private final Connection connection;

    private final long epoch;

    private final String finalStage;

    private final PreparedChanges changes;

    private final List<DealTable.Folded> folded = new ArrayList<>();

    private final Set<ObjectKey> clocksAnew = new HashSet<>();

    private final List<ClockTable.Row> clocksGone = new ArrayList<>();

    private final List<ClockTable.Row> clocks = new ArrayList<>();

    private final List<ClockTable.Deadline> deadlines = new ArrayList<>();

    private final List<FieldTable.Row> fields = new ArrayList<>();

    private final List<UUID> fieldsGone = new ArrayList<>();

    private final List<StatementTable.Entry> statements = new ArrayList<>();

    private final List<SlaTasks.Task> tasksToOpen = new ArrayList<>();

    private final List<UUID> tasksToClose = new ArrayList<>();

    private final Map<UUID, List<Standing>> stood = new HashMap<>();

    private final Set<UUID> known = new HashSet<>();

    private final Set<UUID> nowKnown = new HashSet<>();

    private final Set<UUID> turned = new HashSet<>();

    private int published;

    private int tasks;

    /**
     * @param counts gets what changes of the deals
     * @param epoch of what is published
     */
    SettledDeals(Connection connection, Answering answering, Counts counts, long epoch) {
        this.connection = connection;
        this.answering = answering;
        this.counts = counts;
        this.epoch = epoch;
        this.finalStage = answering.rules().finalStage().name();
        this.changes = new PreparedChanges(answering.listeners());
    }

    /** Reads what stands of deals whose kept clocks cannot be relied on. */
    void readStanding(List<DealTable.Stored> deals, Settlement.Work work) throws SQLException {
        List<UUID> ids = deals.stream()
                .filter(deal -> isAnew(deal, work))
                .map(DealTable.Stored::id)
                .toList();
        if (!ids.isEmpty()) {
            stood.putAll(new StatementTable(connection).standing(ids));
        }
    }

    /** Whether the rows of the clocks are written whole: the kept ones may be what a rebuild is to mend, or cannot be read. */
    private static boolean isAnew(DealTable.Stored deal, Settlement.Work work) {
        return work.isWaited() || (deal.sla() == null && deal.slaPolicies() != null);
    }

    /**
     * Adds a deal.
     *
     * @param fold null if no fact names it any more
     * @param itsFields the attributes of its root; null if no fact names it any more
     * @throws RuntimeException if a listener refuses it; then nothing of it is added
     */
    void add(
            DealTable.Stored before,
            @Nullable DealFold fold,
            ClockKeeper.Evaluated evaluated,
            @Nullable KeptFields itsFields,
            Settlement.Work work) {
        Deal deal = fold == null ? null : fold.brief();
        Answer now = deal == null || itsFields == null
                ? Answer.UNKNOWN
                : Answer.of(deal, evaluated.clocks(), itsFields.values());
        boolean snapshot = work.isSnapshot(before.id());
        ObjectKey root = before.root();
        if (root == null || (!now.known() && !before.answer().known() && !snapshot)) {
            return;
        }
        List<String> changed = before.answer().changes(now);
        boolean publish = snapshot || !changed.isEmpty();
        long revision = before.revision() + (publish ? 1 : 0);
        SlaChanges sla = compare(before, root, now, evaluated, work, revision);
        List<ReceivedStatement> causes = work.causes().getOrDefault(before.id(), List.of());
        int facts = deal == null ? 0 : deal.facts();
        List<UUID> evidence = deal == null ? List.of() : evidence(deal);
        List<DealChange> revisions = new ArrayList<>();
        if (publish) {
            revisions.add(new DealChange(
                    before.id(),
                    root,
                    revision,
                    epoch,
                    before.answer(),
                    now,
                    facts,
                    evidence,
                    changed,
                    snapshot,
                    answering.rules().label(),
                    causes,
                    sla.ending()));
        }
        for (SlaStatement statement : sla.statements()) {
            revision++;
            revisions.add(new DealChange(
                    before.id(),
                    root,
                    revision,
                    epoch,
                    now,
                    now,
                    facts,
                    evidence,
                    List.of(),
                    false,
                    answering.rules().label(),
                    causes,
                    statement));
        }
        changes.add(revisions);
        boolean anew = isAnew(before, work);
        Instant dueAt = anew || fold == null ? evaluated.kept().dueAt() : dueAt(before.sla(), evaluated);
        KeptSla kept = evaluated.kept().with(sla.standing(), dueAt);
        DealState state = fold == null ? null : fold.state();
        folded.add(new DealTable.Folded(before.id(), revision, now, facts, state, kept, evaluated.at(), itsFields));
        note(before, now);
        noteClocks(before, root, kept, anew);
        noteFields(before, root, now, anew);
        sla.rows().forEach(row -> noteStatement(before.id(), row));
        tasksToOpen.addAll(sla.open());
        tasksToClose.addAll(sla.close());
    }

    private SlaChanges compare(
            DealTable.Stored before,
            ObjectKey root,
            Answer now,
            ClockKeeper.Evaluated evaluated,
            Settlement.Work work,
            long revision) {
        List<ReceivedStatement> causes = work.causes().getOrDefault(before.id(), List.of());
        KeptSla kept = before.sla();
        StatementComparison.Situation situation = new StatementComparison.Situation(
                before.id(),
                root,
                before.answer().stage().equals(finalStage),
                now.stage().equals(finalStage),
                revision,
                before.revision() == 0,
                !causes.isEmpty()
                        && causes.stream().allMatch(each -> each.provenance().replayed()),
                before.answer().clocks(),
                evaluated.at());
        return StatementComparison.of(
                answering.sla(),
                situation,
                isAnew(before, work)
                        ? stood.getOrDefault(before.id(), List.of())
                        : kept == null ? List.of() : kept.standing(),
                evaluated.status().cycles(),
                evaluated.untouched());
    }

    private static List<UUID> evidence(Deal deal) {
        Finding finding = deal.findings().get(deal.stage());
        return finding == null ? List.of() : finding.evidence();
    }

    private void note(DealTable.Stored before, Answer now) {
        if (now.known()) {
            (before.answer().known() ? known : nowKnown).add(before.id());
        }
        if (now.known() != before.answer().known() && !before.isNew()) {
            turned.add(before.id());
        }
        counts.deal(before.answer(), -1);
        counts.deal(now, 1);
    }

    /**
     * When a deal is to be evaluated again. An instant that is stored already and comes earlier than needed stays: most events put it
     * off, and to evaluate a deal once in vain costs less than to write with each of them.
     */
    private static @Nullable Instant dueAt(@Nullable KeptSla before, ClockKeeper.Evaluated evaluated) {
        Instant stored = before == null ? null : before.dueAt();
        Instant needed = evaluated.kept().dueAt();
        boolean isEarlier =
                stored != null && stored.isAfter(evaluated.at()) && (needed == null || stored.isBefore(needed));
        return isEarlier ? stored : needed;
    }

    private void noteClocks(DealTable.Stored before, ObjectKey root, KeptSla now, boolean anew) {
        KeptSla kept = anew ? null : before.sla();
        if (anew) {
            clocksAnew.add(root);
        }
        if (kept == null) {
            noteChangedClocks(before.id(), root, List.of(), now, false);
        } else {
            boolean sameClient = Objects.equals(kept.client(), now.client());
            if (!sameClient || !kept.clocks().equals(now.clocks())) {
                noteChangedClocks(before.id(), root, kept.clocks(), now, sameClient);
            }
        }
        if (anew || !Objects.equals(kept == null ? null : kept.dueAt(), now.dueAt())) {
            deadlines.add(new ClockTable.Deadline(before.id(), now.dueAt()));
        }
    }

    private void noteFields(DealTable.Stored before, ObjectKey root, Answer now, boolean anew) {
        Answer then = before.answer();
        if (!now.known()) {
            if (anew || then.known()) {
                fieldsGone.add(before.id());
            }
        } else if (anew
                || !then.known()
                || before.fields() == null
                || FieldTable.differ(then.attributes(), now.attributes())) {
            fields.add(new FieldTable.Row(before.id(), root, now.attributes()));
        }
    }

    private void noteChangedClocks(
            UUID deal, ObjectKey root, List<ClockStatus> before, KeptSla now, boolean sameClient) {
        Map<ClockName, ClockStatus> gone = new HashMap<>();
        before.forEach(clock -> gone.put(ClockName.of(clock), clock));
        for (ClockStatus clock : now.clocks()) {
            ClockStatus then = gone.remove(ClockName.of(clock));
            if (!clock.equals(then) || !sameClient) {
                clocks.add(new ClockTable.Row(deal, root, now.client(), clock));
                count(then, -1);
                count(clock, 1);
            }
        }
        gone.values().forEach(clock -> {
            clocksGone.add(new ClockTable.Row(deal, root, null, clock));
            count(clock, -1);
        });
    }

    private record ClockName(String policy, @Nullable ObjectKey object) {
        static ClockName of(ClockStatus clock) {
            return new ClockName(clock.policy(), clock.object());
        }
    }

    private void count(@Nullable ClockStatus clock, long by) {
        if (clock != null) {
            counts.change(Counts.SLA_CLOCKS, ClockTable.part(clock), by);
        }
    }

    private void noteStatement(UUID deal, SlaChanges.Row row) {
        statements.add(new StatementTable.Entry(deal, row));
        String kind = row.mark().kind().text() + "|";
        if (row.before() != null) {
            counts.change(Counts.SLA_STATEMENTS, kind + state(row.before()), -1);
        }
        if (row.now() != null) {
            counts.change(Counts.SLA_STATEMENTS, kind + state(row.now()), 1);
        } else if (row.before() != null && row.before().isTold()) {
            counts.change(Counts.SLA_STATEMENTS, kind + "retracted", 1);
        }
    }

    private static String state(Standing standing) {
        return standing.isTold() ? "told" : "suppressed";
    }

    /** Writes what was added since the last time. */
    void write() throws SQLException {
        new DealTable(connection)
                .write(folded, answering.rules(), answering.sla().evaluator().meaning());
        folded.clear();
        FieldTable fieldTable = new FieldTable(connection);
        fieldTable.write(fields);
        fields.clear();
        fieldTable.delete(fieldsGone);
        fieldsGone.clear();
        ClockTable table = new ClockTable(connection);
        table.deleteAll(clocksAnew, (part, by) -> counts.change(Counts.SLA_CLOCKS, part, by));
        clocksAnew.clear();
        table.delete(clocksGone);
        clocksGone.clear();
        table.write(clocks);
        clocks.clear();
        table.writeDeadlines(deadlines);
        deadlines.clear();
        new StatementTable(connection).write(statements);
        statements.clear();
        if (!tasksToOpen.isEmpty() || !tasksToClose.isEmpty()) {
            tasks += answering.sla().tasks().write(connection, tasksToOpen, tasksToClose);
            tasksToOpen.clear();
            tasksToClose.clear();
        }
        published += changes.write(connection);
    }

    /** What was written. */
    Settlement.Result result() {
        return new Settlement.Result(published, known, nowKnown, turned, tasks);
    }
}
