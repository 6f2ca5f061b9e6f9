package io.masterdeal.console.board;

import io.masterdeal.console.board.Card.CardClock;
import io.masterdeal.console.board.Card.Step;
import io.masterdeal.contracts.event.Event;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Reads canonical events. */
public final class CardReader {

    static final String AMOUNT = "amount";
    static final String CURRENCY = "currency";
    private static final int AMOUNT_DIGITS = 12;

    private CardReader() {}

    /**
     * What an event says of its deal.
     *
     * @param card the deal
     * @param withdrawn whether there is no such deal any more
     */
    public record Read(Card card, boolean withdrawn) {}

    /** Reads an event; null if it tells no whole answer about a deal, as those about single SLA clocks. */
    static @Nullable Read read(Event event) {
        GenericRecord data = event.data();
        if (!data.hasField("timeline")) {
            return null;
        }
        Map<String, String> attributes = new HashMap<>();
        if (data.get("attributes") instanceof Map<?, ?> values) {
            values.forEach((name, value) -> attributes.put(String.valueOf(name), String.valueOf(value)));
        }
        BigDecimal amount = amount(attributes.remove(AMOUNT));
        String currency = attributes.remove(CURRENCY);
        Card card = new Card(
                UUID.fromString(text(data, "master_deal_id")),
                text(data, "root"),
                number(data, "epoch"),
                number(data, "revision"),
                text(data, "stage"),
                text(data, "outcome"),
                texts(data.get("gaps")),
                Map.copyOf(attributes),
                amount,
                currency == null ? "" : currency,
                text(data, "rule_set"),
                steps(data),
                clocks(data),
                (int) number(data, "facts"),
                event.envelope().time());
        return new Read(card, Boolean.TRUE.equals(data.get("withdrawn")));
    }

    /** An amount as cards have it; null if there is none. */
    static @Nullable BigDecimal amount(@Nullable String text) {
        if (text == null || text.length() > 40) {
            return null;
        }
        try {
            BigDecimal amount = new BigDecimal(text);
            // Of one like 1e999999999 the digits must not be written out.
            if (amount.signum() != 0 && amount.precision() - (long) amount.scale() > AMOUNT_DIGITS) {
                return null;
            }
            return Amounts.ofUnits(Amounts.units(amount));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static List<Step> steps(GenericRecord data) {
        List<Step> steps = new ArrayList<>();
        for (GenericRecord step : records(data.get("timeline"))) {
            steps.add(new Step(
                    text(step, "stage"),
                    instant(step, "effective_at", Instant.EPOCH),
                    text(step, "direction").equals("backward")));
        }
        return List.copyOf(steps);
    }

    private static List<CardClock> clocks(GenericRecord data) {
        List<CardClock> clocks = new ArrayList<>();
        for (GenericRecord clock : records(data.get("sla"))) {
            clocks.add(new CardClock(
                    text(clock, "policy"),
                    clock.get("object") == null ? null : text(clock, "object"),
                    text(clock, "domain"),
                    text(clock, "state"),
                    instant(clock, "started_at", Instant.EPOCH),
                    instantOrNull(clock, "due_at"),
                    Boolean.TRUE.equals(clock.get("at_risk")),
                    instantOrNull(clock, "breached_at"),
                    instantOrNull(clock, "stopped_at")));
        }
        return List.copyOf(clocks);
    }

    private static List<GenericRecord> records(@Nullable Object list) {
        List<GenericRecord> records = new ArrayList<>();
        if (list instanceof Collection<?> items) {
            for (Object item : items) {
                records.add((GenericRecord) item);
            }
        }
        return records;
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof Collection<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String text(GenericRecord data, String field) {
        return String.valueOf(data.get(field));
    }

    private static long number(GenericRecord data, String field) {
        return data.get(field) instanceof Number number ? number.longValue() : 0;
    }

    private static Instant instant(GenericRecord data, String field, Instant otherwise) {
        Instant read = instantOrNull(data, field);
        return read == null ? otherwise : read;
    }

    private static @Nullable Instant instantOrNull(GenericRecord data, String field) {
        return switch (data.get(field)) {
            case Instant instant -> instant;
            case Number millis -> Instant.ofEpochMilli(millis.longValue());
            case null, default -> null;
        };
    }
}
