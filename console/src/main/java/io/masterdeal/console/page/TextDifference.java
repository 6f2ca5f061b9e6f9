package io.masterdeal.console.page;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line. */
public final class TextDifference {

    /** More lines than this are not compared one by one. */
    private static final int MOST_LINES = 2000;

    private TextDifference() {}

    /** How a line got into the second text. */
    public enum Kind {
        /** It is in both. */
        SAME,
        /** It is in the second only. */
        ADDED,
        /** It is in the first only. */
        REMOVED
    }

    /** A line. */
    public record Line(Kind kind, String text) {
        /** The sign before it. */
        public String sign() {
            return switch (kind) {
                case SAME -> "  ";
                case ADDED -> "+ ";
                case REMOVED -> "- ";
            };
        }
    }

    /** All lines of both, in their order, with as many in common as possible. */
    public static List<Line> of(String before, String after) {
        List<String> first = before.isEmpty() ? List.of() : before.lines().toList();
        List<String> second = after.isEmpty() ? List.of() : after.lines().toList();
        List<Line> lines = new ArrayList<>();
        if (first.size() > MOST_LINES || second.size() > MOST_LINES) {
            first.forEach(line -> lines.add(new Line(Kind.REMOVED, line)));
            second.forEach(line -> lines.add(new Line(Kind.ADDED, line)));
            return lines;
        }
        int[][] common = common(first, second);
        int i = 0;
        int j = 0;
        while (i < first.size() || j < second.size()) {
            if (i < first.size() && j < second.size() && first.get(i).equals(second.get(j))) {
                lines.add(new Line(Kind.SAME, first.get(i)));
                i++;
                j++;
            } else if (j == second.size() || (i < first.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Kind.REMOVED, first.get(i++)));
            } else {
                lines.add(new Line(Kind.ADDED, second.get(j++)));
            }
        }
        return lines;
    }

    /** How many lines the rests after each pair of places have in common. */
    private static int[][] common(List<String> first, List<String> second) {
        int[][] common = new int[first.size() + 1][second.size() + 1];
        for (int i = first.size() - 1; i >= 0; i--) {
            for (int j = second.size() - 1; j >= 0; j--) {
                common[i][j] = first.get(i).equals(second.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    /** Only the lines that differ, each with the lines around it. */
    public static List<Line> around(List<Line> lines, int context) {
        List<Line> shown = new ArrayList<>();
        boolean skipped = false;
        for (int i = 0; i < lines.size(); i++) {
            boolean near = false;
            for (int k = Math.max(0, i - context); k <= Math.min(lines.size() - 1, i + context); k++) {
                near |= lines.get(k).kind() != Kind.SAME;
            }
            if (near) {
                shown.add(lines.get(i));
            } else if (!skipped) {
                shown.add(new Line(Kind.SAME, "…"));
            }
            skipped = !near;
        }
        return shown;
    }
}
