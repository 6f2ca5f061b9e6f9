package io.masterdeal.console.board;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All deals, a column for each thing that is filtered, counted or sorted by, and the rest of each card as bytes. Rows are numbered from 0
 * without gaps; a row that goes is replaced by the last one. Not thread-safe.
 */
final class BoardTable {
    /** A clock is open. */
    static final int HAS_OPEN_CLOCK = 1;
    /** An open clock is past a warning. */
    static final int AT_RISK = 2;
    /** A stage below the present one does not hold. */
    static final int HAS_GAPS = 4;
    /** The id in the root key has more than one word. */
    static final int WORDY_ROOT = 8;
    /** There is no amount. */
    static final long NO_AMOUNT = Long.MIN_VALUE;

    private static final int HEAD_BYTES = 8;

    private int size;
    private int capacity = 1024;
    private long[] idHigh = new long[capacity];
    private long[] idLow = new long[capacity];
    private int[] rootHash = new int[capacity];
    private long[] rootHead = new long[capacity];
    private long[] epoch = new long[capacity];
    private long[] revision = new long[capacity];
    private long[] since = new long[capacity];
    private long[] due = new long[capacity];
    private long[] published = new long[capacity];
    private long[] amount = new long[capacity];
    private byte[] flags = new byte[capacity];
    private byte[] @Nullable [] rest = new byte[capacity][];

    private final CodedColumn kind = new CodedColumn(capacity);
    private final CodedColumn stage = new CodedColumn(capacity);
    private final CodedColumn outcome = new CodedColumn(capacity);
    private final CodedColumn ruleSet = new CodedColumn(capacity);
    private final CodedColumn currency = new CodedColumn(capacity);
    /** By name: a setting of the service names them, at most twenty. */
    private final Map<String, CodedColumn> attributes = new LinkedHashMap<>();

    private final Dictionary words = new Dictionary();
    private final RowIndex byId = new RowIndex(row -> RowIndex.mixed(idHigh[row] ^ idLow[row]));
    private final RowIndex byRoot = new RowIndex(row -> rootHash[row]);
    private final ByteWriter writer = new ByteWriter();

    int size() {
        return size;
    }

    /** The row of a deal; -1 if there is none. */
    int row(UUID id) {
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        return byId.find(RowIndex.mixed(high ^ low), row -> idHigh[row] == high && idLow[row] == low);
    }

    /** The row of the deal with a root; -1 if there is none. */
    int row(String root) {
        byte[] key = root.getBytes(StandardCharsets.UTF_8);
        return byRoot.find(hash(key), row -> compareRoot(row, key) == 0);
    }

    private static int hash(byte[] root) {
        return RowIndex.mixed(Arrays.hashCode(root));
    }

    /** Adds a deal or replaces what is known of it. */
    void put(Card card) {
        int known = row(card.id());
        if (known >= 0) {
            byRoot.remove(known);
            clear(known);
            fill(known, card);
            byRoot.add(known);
            return;
        }
        if (size == capacity) {
            resize(capacity + capacity / 4);
        }
        int row = size++;
        idHigh[row] = card.id().getMostSignificantBits();
        idLow[row] = card.id().getLeastSignificantBits();
        fill(row, card);
        byId.add(row);
        byRoot.add(row);
    }

    /** Takes a deal away, if it is there. */
    void remove(UUID id) {
        int row = row(id);
        if (row < 0) {
            return;
        }
        byId.remove(row);
        byRoot.remove(row);
        clear(row);
        int last = --size;
        if (last != row) {
            byId.move(last, row);
            byRoot.move(last, row);
            move(last, row);
        }
        rest[last] = null;
    }

    private void fill(int row, Card card) {
        byte[] root = card.root().getBytes(StandardCharsets.UTF_8);
        int start = idStart(card.root());
        String id = card.root().substring(start);
        rootHash[row] = hash(root);
        rootHead[row] = head(id);
        epoch[row] = card.epoch();
        revision[row] = card.revision();
        since[row] = Millis.of(card.since());
        due[row] = Millis.of(card.due());
        published[row] = card.publishedAt().toEpochMilli();
        amount[row] = card.amount() == null ? NO_AMOUNT : Amounts.units(card.amount());
        flags[row] = (byte) ((card.hasOpenClock() ? HAS_OPEN_CLOCK : 0)
                | (card.isAtRisk() ? AT_RISK : 0)
                | (card.gaps().isEmpty() ? 0 : HAS_GAPS)
                | (isOneWord(id) ? 0 : WORDY_ROOT));
        kind.put(row, card.root().substring(0, start));
        stage.put(row, card.stage());
        outcome.put(row, card.outcome());
        ruleSet.put(row, card.ruleSet());
        currency.put(row, card.currency());
        card.attributes().keySet().forEach(name -> attributes.computeIfAbsent(name, _ -> new CodedColumn(capacity)));
        attributes.forEach((name, column) -> column.put(row, card.attribute(name)));
        writer.clear();
        CardBytes.writeRest(writer, card, words);
        rest[row] = writer.written();
    }

    private void clear(int row) {
        kind.remove(row);
        stage.remove(row);
        outcome.remove(row);
        ruleSet.remove(row);
        currency.remove(row);
        attributes.values().forEach(column -> column.remove(row));
    }

    private void move(int from, int to) {
        idHigh[to] = idHigh[from];
        idLow[to] = idLow[from];
        rootHash[to] = rootHash[from];
        rootHead[to] = rootHead[from];
        epoch[to] = epoch[from];
        revision[to] = revision[from];
        since[to] = since[from];
        due[to] = due[from];
        published[to] = published[from];
        amount[to] = amount[from];
        flags[to] = flags[from];
        rest[to] = rest[from];
        kind.move(from, to);
        stage.move(from, to);
        outcome.move(from, to);
        ruleSet.move(from, to);
        currency.move(from, to);
        attributes.values().forEach(column -> column.move(from, to));
    }

    private void resize(int rows) {
        capacity = rows;
        idHigh = Arrays.copyOf(idHigh, rows);
        idLow = Arrays.copyOf(idLow, rows);
        rootHash = Arrays.copyOf(rootHash, rows);
        rootHead = Arrays.copyOf(rootHead, rows);
        epoch = Arrays.copyOf(epoch, rows);
        revision = Arrays.copyOf(revision, rows);
        since = Arrays.copyOf(since, rows);
        due = Arrays.copyOf(due, rows);
        published = Arrays.copyOf(published, rows);
        amount = Arrays.copyOf(amount, rows);
        flags = Arrays.copyOf(flags, rows);
        rest = Arrays.copyOf(rest, rows);
        kind.resize(rows);
        stage.resize(rows);
        outcome.resize(rows);
        ruleSet.resize(rows);
        currency.resize(rows);
        attributes.values().forEach(column -> column.resize(rows));
    }

    /** Where the id begins in a root key {@code domain:kind:id}; 0 if it is no such key. */
    private static int idStart(String root) {
        int first = root.indexOf(':');
        int second = first < 0 ? -1 : root.indexOf(':', first + 1);
        return second + 1;
    }

    private static boolean isOneWord(String id) {
        return id.chars().noneMatch(c -> c == ':' || Character.isWhitespace(c));
    }

    /** The first bytes of a text in small letters, filled up with zeros. */
    static long head(String text) {
        byte[] bytes = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
        long head = 0;
        for (int i = 0; i < HEAD_BYTES; i++) {
            head = (head << 8) | (i < bytes.length ? bytes[i] & 0xFF : 0);
        }
        return head;
    }

    /** The whole card of a row. */
    Card card(int row) {
        CardBytes.Rest more = rest(row);
        Map<String, String> named = new HashMap<>();
        attributes.forEach((name, column) -> {
            if (column.code(row) != 0) {
                named.put(name, column.text(row));
            }
        });
        BigDecimal money = amount[row] == NO_AMOUNT ? null : Amounts.ofUnits(amount[row]);
        return new Card(
                id(row),
                more.root(),
                epoch[row],
                revision[row],
                stage.text(row),
                outcome.text(row),
                more.gaps(),
                Map.copyOf(named),
                money,
                currency.text(row),
                ruleSet.text(row),
                more.steps(),
                more.clocks(),
                more.facts(),
                Instant.ofEpochMilli(published[row]));
    }

    /** The part of the card of a row that has no columns. */
    CardBytes.Rest rest(int row) {
        return CardBytes.readRest(new ByteReader(restBytes(row)), words);
    }

    /** The timeline of a row. */
    List<Card.Step> steps(int row) {
        ByteReader from = new ByteReader(restBytes(row));
        from.skip(from.size());
        return CardBytes.readSteps(from, words);
    }

    private byte[] restBytes(int row) {
        byte[] bytes = rest[row];
        if (bytes == null) {
            throw new IllegalArgumentException("there is no row " + row);
        }
        return bytes;
    }

    UUID id(int row) {
        return new UUID(idHigh[row], idLow[row]);
    }

    String root(int row) {
        return new ByteReader(restBytes(row)).text();
    }

    /** Compares the root of a row with another one, by the bytes of UTF-8. */
    int compareRoot(int row, byte[] key) {
        byte[] bytes = restBytes(row);
        ByteReader from = new ByteReader(bytes);
        int length = from.size();
        return Arrays.compareUnsigned(bytes, from.position(), from.position() + length, key, 0, key.length);
    }

    /** Compares the roots of two rows, by the bytes of UTF-8. */
    int compareRoots(int row, int other) {
        byte[] ours = restBytes(row);
        ByteReader our = new ByteReader(ours);
        int ourLength = our.size();
        byte[] theirs = restBytes(other);
        ByteReader their = new ByteReader(theirs);
        int theirLength = their.size();
        return Arrays.compareUnsigned(
                ours,
                our.position(),
                our.position() + ourLength,
                theirs,
                their.position(),
                their.position() + theirLength);
    }

    boolean isNewer(int row, long otherEpoch, long otherRevision) {
        return otherEpoch != epoch[row] ? otherEpoch > epoch[row] : otherRevision > revision[row];
    }

    long rootHead(int row) {
        return rootHead[row];
    }

    /** {@link Millis#NONE} without a step. */
    long since(int row) {
        return since[row];
    }

    /** {@link Millis#NONE} if no open clock is known to become late. */
    long due(int row) {
        return due[row];
    }

    long published(int row) {
        return published[row];
    }

    /** In units of {@link Amounts}, or {@link #NO_AMOUNT}. */
    long amount(int row) {
        return amount[row];
    }

    boolean is(int row, int flag) {
        return (flags[row] & flag) != 0;
    }

    /** How a row stands with its SLA at an instant. */
    DealSla sla(int row, long now) {
        int flag = flags[row];
        if ((flag & HAS_OPEN_CLOCK) == 0) {
            return DealSla.NONE;
        }
        if (due[row] <= now) {
            return DealSla.BREACHED;
        }
        return (flag & AT_RISK) != 0 ? DealSla.AT_RISK : DealSla.OK;
    }

    /** The domain and kind of the root key, with the colon behind them. */
    CodedColumn kind() {
        return kind;
    }

    CodedColumn stage() {
        return stage;
    }

    CodedColumn outcome() {
        return outcome;
    }

    CodedColumn ruleSet() {
        return ruleSet;
    }

    CodedColumn currency() {
        return currency;
    }

    Map<String, CodedColumn> attributes() {
        return attributes;
    }
}
