package io.masterdeal.app.ask;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Text for people: in colour where that is shown, in columns, and with nothing in it that a terminal would obey. */
public final class Screen {
    private static final String GAP = "  ";

    private final Ansi ansi;

    /**
     * @param ansi whether colours are shown
     */
    public Screen(Ansi ansi) {
        this.ansi = ansi;
    }

    /** A piece of a line and how it looks. */
    record Cell(String text, List<IStyle> styles) {}

    static Cell cell(String text, IStyle... styles) {
        return new Cell(clean(text), List.of(styles));
    }

    /** Rows with columns of one width each; what stands last in a row is as long as it is. */
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
        // Not Style.off: what picocli ends bold with begins a double underline in some terminals.
        IStyle[] styles = cell.styles().toArray(new IStyle[0]);
        return ansi.enabled() && styles.length > 0 && !cell.text().isEmpty()
                ? Style.on(styles) + cell.text() + Style.reset.on()
                : cell.text();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /**
     * A text without what a terminal would take for a command: what is shown comes from other systems.
     *
     * @return the text, each control character and each that turns the direction of writing replaced
     */
    public static String clean(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '\uFFFD' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
