package io.masterdeal.app.ask;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Lays out text for a terminal: in columns, in colour where colours are shown, and without control characters. */
public final class TerminalText {
    private static final String GAP = "  ";

    private final Ansi ansi;

    /**
     * @param ansi whether colours are shown
     */
    public TerminalText(Ansi ansi) {
        this.ansi = ansi;
    }

    /** A piece of a line and its style. */
    record Cell(String text, List<IStyle> styles) {}

    static Cell cell(String text, IStyle... styles) {
        return new Cell(clean(text), List.of(styles));
    }

    /** Aligns the cells of rows in columns; the last cell of a row is not padded. */
    List<String> columns(List<List<Cell>> rows) {
        var widths = new ArrayList<Integer>();
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size() - 1; i++) {
                if (i == widths.size()) {
                    widths.add(0);
                }
                widths.set(i, Math.max(widths.get(i), length(row.get(i).text())));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    String line(Cell... cells) {
        return line(List.of(cells), List.of());
    }

    private String line(List<Cell> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            Cell cell = row.get(i);
            line.append(i == 0 ? "" : GAP).append(styled(cell));
            if (i < row.size() - 1 && i < widths.size()) {
                line.append(" ".repeat(widths.get(i) - length(cell.text())));
            }
        }
        return line.toString().stripTrailing();
    }

    private String styled(Cell cell) {
        // Not Style.off: picocli's code for the end of bold starts a double underline in some terminals.
        IStyle[] styles = cell.styles().toArray(new IStyle[0]);
        return ansi.enabled() && styles.length > 0 && !cell.text().isEmpty()
                ? Style.on(styles) + cell.text() + Style.reset.on()
                : cell.text();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * Replaces what a terminal would take for a command: the text comes from other systems.
     *
     * @return the text with each control and formatting character replaced by U+FFFD
     */
    public static String clean(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
