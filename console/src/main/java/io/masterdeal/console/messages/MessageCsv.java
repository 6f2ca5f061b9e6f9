package io.masterdeal.console.messages;

import io.masterdeal.console.messages.MessageLedger.Found;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.View;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes messages as CSV, page by page, so that memory does not grow with the number of rows. One row a delivery. */
final class MessageCsv {

    /** The most messages of a file; the last line says if there are more. */
    private static final int MOST = 100_000;

    private final MessageLedger ledger;
    private final View view;

    MessageCsv(MessageLedger ledger, View view) {
        this.ledger = ledger;
        this.view = view;
    }

    void write(MessageFilter filter, HttpServletResponse response) throws IOException {
        Found page = ledger.find(filter, "", 1000, view);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"messages.csv\"");
        if (!page.problem().isEmpty()) {
            response.setStatus(HttpServletResponse.SC_BAD_GATEWAY);
        }
        PrintWriter writer = response.getWriter();
        write(filter, page, writer);
        writer.flush();
    }

    private void write(MessageFilter filter, Found first, Writer writer) throws IOException {
        writer.write('\uFEFF'); // So that spreadsheets know it is UTF-8.
        CSVPrinter csv = new CSVPrinter(
                writer,
                CSVFormat.RFC4180
                        .builder()
                        .setDelimiter(view.language() == Language.RU ? ';' : ',')
                        .get());
        csv.printRecord(
                "accepted_at",
                "event_id",
                "type",
                "subject",
                "master_deal_id",
                "correlation_id",
                "subscription",
                "state",
                "reason",
                "attempts",
                "last_status",
                "changed_at");
        Found page = first;
        long messages = 0;
        while (true) {
            for (MessageRow message : page.items()) {
                print(csv, message);
            }
            messages += page.items().size();
            String next = page.next();
            if (next == null || messages >= MOST) {
                csv.printRecord(last(page, messages));
                return;
            }
            page = ledger.find(filter, next, 1000, view);
        }
    }

    private String last(Found page, long messages) {
        String at = view.utc(view.now());
        if (!page.problem().isEmpty()) {
            return "# " + messages + " messages, then: " + page.problem();
        }
        return "# " + messages + " messages, " + at + (page.next() == null ? "" : ", there are more");
    }

    private void print(CSVPrinter csv, MessageRow message) throws IOException {
        if (message.deliveries().isEmpty()) {
            print(csv, message, null);
        }
        for (DeliveryRow delivery : message.deliveries()) {
            print(csv, message, delivery);
        }
    }

    private void print(CSVPrinter csv, MessageRow message, @Nullable DeliveryRow delivery) throws IOException {
        AttemptRow attempt = delivery == null || delivery.tries().isEmpty()
                ? null
                : delivery.tries().getLast();
        csv.printRecord(
                view.utc(message.acceptedAt()),
                cell(message.eventId()),
                cell(message.type()),
                cell(message.subject()),
                cell(message.dealId()),
                cell(message.correlationId()),
                cell(delivery == null ? null : delivery.subscription()),
                cell(delivery == null ? null : delivery.state()),
                cell(delivery == null ? null : delivery.reason()),
                delivery == null ? null : delivery.tries().size(),
                attempt == null ? null : attempt.status(),
                delivery == null ? null : view.utc(delivery.changedAt()));
    }

    /** A text that begins like a formula gets an apostrophe, so that no spreadsheet computes it. */
    static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }
}
