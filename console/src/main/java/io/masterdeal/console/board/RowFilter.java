package io.masterdeal.console.board;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A selection of deals as tests of columns. Valid until the table changes. */
final class RowFilter {

    private final BoardTable table;
    private final long now;
    private final boolean @Nullable [] stages;
    private final boolean @Nullable [] outcomes;
    private final boolean @Nullable [] ruleSets;
    private final @Nullable EnumSet<DealSla> sla;
    private final List<Exactly> attributes = new ArrayList<>();
    private final List<RowWord> words = new ArrayList<>();
    private final @Nullable Boolean gaps;
    private final long sinceFrom;
    private final long sinceBefore;
    private final boolean bySince;
    private final boolean impossible;

    RowFilter(BoardTable table, DealSelection wanted, Instant now) {
        this.table = table;
        this.now = Millis.of(now);
        this.stages = codes(table.stage(), wanted.stages());
        this.outcomes = codes(table.outcome(), wanted.outcomes());
        this.ruleSets = codes(table.ruleSet(), wanted.ruleSets());
        this.sla = wanted.sla().isEmpty() ? null : EnumSet.copyOf(wanted.sla());
        this.gaps = wanted.gaps();
        this.bySince = wanted.sinceFrom() != null || wanted.sinceBefore() != null;
        this.sinceFrom = wanted.sinceFrom() == null ? Long.MIN_VALUE : Millis.from(wanted.sinceFrom());
        // Without a step there is no such instant, so that neither bound lets the deal pass.
        this.sinceBefore = wanted.sinceBefore() == null ? Millis.NONE : Millis.from(wanted.sinceBefore());
        this.impossible = !readAttributes(wanted.attributes());
        for (String word : wanted.words().strip().split("\\s+", -1)) {
            if (!word.isEmpty()) {
                words.add(new RowWord(table, word));
            }
        }
    }

    /** A column has to have this code. */
    private record Exactly(CodedColumn column, int code) {}

    private boolean readAttributes(Map<String, String> wanted) {
        for (Map.Entry<String, String> each : wanted.entrySet()) {
            CodedColumn column = table.attributes().get(each.getKey());
            int code = column == null ? Dictionary.UNKNOWN : column.dictionary().code(each.getValue());
            if (column != null && code != Dictionary.UNKNOWN) {
                attributes.add(new Exactly(column, code));
            } else if (column != null || !each.getValue().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static boolean @Nullable [] codes(CodedColumn column, Set<String> wanted) {
        if (wanted.isEmpty()) {
            return null;
        }
        boolean[] codes = new boolean[column.dictionary().size()];
        for (String text : wanted) {
            int code = column.dictionary().code(text);
            if (code != Dictionary.UNKNOWN) {
                codes[code] = true;
            }
        }
        return codes;
    }

    boolean matches(int row) {
        return !impossible
                && (stages == null || stages[table.stage().code(row)])
                && (outcomes == null || outcomes[table.outcome().code(row)])
                && (ruleSets == null || ruleSets[table.ruleSet().code(row)])
                && (sla == null || sla.contains(table.sla(row, now)))
                && (gaps == null || gaps == table.is(row, BoardTable.HAS_GAPS))
                && (!bySince || isSince(table.since(row)))
                && hasAttributes(row)
                && hasWords(row);
    }

    private boolean isSince(long since) {
        return since >= sinceFrom && since < sinceBefore;
    }

    private boolean hasAttributes(int row) {
        for (int i = 0; i < attributes.size(); i++) {
            Exactly each = attributes.get(i);
            if (each.column().code(row) != each.code()) {
                return false;
            }
        }
        return true;
    }

    private boolean hasWords(int row) {
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).matches(row)) {
                return false;
            }
        }
        return true;
    }
}
