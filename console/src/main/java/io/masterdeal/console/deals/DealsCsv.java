package io.masterdeal.console.deals;

import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardPage;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.Sort;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.View;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * All deals of a selection as CSV for spreadsheets: UTF-8 with its mark, {@code ;} and a decimal comma for Russian. A text that a
 * spreadsheet would take for a formula begins with an apostrophe. The last line tells how many rows there are, and of which instant.
 *
 * <p>Rows come in the order of their keys: by another order, deals that change meanwhile could move past the reader and be missing.
 */
final class DealsCsv {

    private static final int ROWS_AT_ONCE = 5_000;
    private static final String FORMULA = "=+-@\t\r";

    private final Board board;
    private final View view;

    DealsCsv(Board board, View view) {
        this.board = board;
        this.view = view;
    }

    /**
     * Writes it page by page, so that a million rows need the memory of some thousands.
     *
     * @throws IOException if the reader does not wait for it
     */
    void write(DealSelection selection, OutputStream out) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write('\uFEFF');
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(view.language() == Language.RU ? ';' : ',')
                .get();
        // Not closed: the stream is the server's.
        CSVPrinter csv = new CSVPrinter(writer, format);
        csv.printRecord(header());
        long rows = 0;
        String after = null;
        do {
            BoardPage page = board.page(selection, Sort.KEY, after, ROWS_AT_ONCE, view.now());
            for (Card card : page.cards()) {
                csv.printRecord(row(card));
            }
            rows += page.cards().size();
            after = page.next();
        } while (after != null);
        csv.printRecord(view.count("deals.csv.rows", rows), view.text("deals.csv.at", view.utc(view.now())));
        csv.flush();
    }

    private List<String> header() {
        List<String> cells = new ArrayList<>(List.of(view.text("deals.column.deal"), view.text("deals.column.id")));
        for (Column column : Column.values()) {
            cells.add(view.text("deals.column." + column.tag()));
            switch (column) {
                case STAGE -> cells.add(view.text("deals.column.stage_code"));
                case AMOUNT -> cells.add(view.text("deals.column.currency"));
                case SLA -> cells.add(view.text("deals.column.due"));
                default -> {}
            }
        }
        return cells;
    }

    private List<String> row(Card card) {
        List<String> cells =
                new ArrayList<>(List.of(safe(card.root()), card.id().toString()));
        for (Column column : Column.values()) {
            cells.add(cell(card, column));
            switch (column) {
                case STAGE -> cells.add(safe(card.stage()));
                case AMOUNT -> cells.add(safe(card.currency()));
                case SLA -> cells.add(time(SlaBar.of(card, view.now()).due()));
                default -> {}
            }
        }
        return cells;
    }

    private String cell(Card card, Column column) {
        return switch (column) {
            case CLIENT, MANAGER, PRODUCT, REGION -> safe(card.attribute(column.tag()));
            case STAGE -> safe(view.stage(card.stage()));
            case SINCE -> time(card.since());
            case AMOUNT -> number(card.amount());
            case SLA -> safe(view.text("sla." + card.sla(view.now()).tag()));
            case GAPS ->
                safe(String.join(", ", card.gaps().stream().map(view::stage).toList()));
            case OUTCOME -> safe(view.textOr("outcome." + card.outcome(), card.outcome()));
            case RULE_SET -> safe(card.ruleSet());
            case FACTS -> String.valueOf(card.facts());
            case CHANGED -> time(card.publishedAt());
        };
    }

    private String time(@Nullable Instant at) {
        return at == null ? "" : view.time(at);
    }

    private String number(@Nullable BigDecimal number) {
        if (number == null) {
            return "";
        }
        String text = number.toPlainString();
        return view.language() == Language.RU ? text.replace('.', ',') : text;
    }

    /** A text that is none of a spreadsheet's formulas. */
    static String safe(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
