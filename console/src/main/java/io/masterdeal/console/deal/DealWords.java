package io.masterdeal.console.deal;

import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.View;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** How a deal's page says what other roles tell as data. */
public final class DealWords {

    private DealWords() {}

    /** The name of a domain, or the domain itself if it has none. */
    public static String domain(View view, String domain) {
        return view.textOr("deal.domain." + domain, domain);
    }

    /** The name of a kind of objects, such as "contract", or the kind itself if it has none. */
    public static String kind(View view, String kind) {
        return view.textOr("deal.kind." + kind.replace(':', '.'), kind);
    }

    /** An object by its kind and own key: "contract K-9". */
    public static String object(View view, String key) {
        return kind(view, ObjectNames.kind(key)) + " " + ObjectNames.local(key);
    }

    /** The title of an object's status; of an object without one that it has none. */
    public static String status(View view, String kind, String status) {
        return status.isEmpty() ? view.text("deal.no_status") : view.status(kind, status);
    }

    /** A word of a fixed list, such as the state of a clock; the word itself if the list does not have it. */
    public static String word(View view, String list, String word) {
        return view.textOr("deal." + list + "." + word, word);
    }

    /** What a part of a condition needs. */
    public static String unmet(View view, JsonNode unmet) {
        String kind = unmet.path("kind").asString("");
        String status = view.status(kind, unmet.path("status").asString(""));
        return switch (unmet.path("condition").asString("")) {
            case "all" -> view.text("deal.need.all");
            case "any" -> view.text("deal.need.any");
            case "ever" ->
                view.text(unmet.path("or_later").asBoolean(false) ? "deal.need.ever_later" : "deal.need.ever", status);
            case "some" -> view.text("deal.need.some", kind(view, kind), status);
            case "every" ->
                view.text(
                        "deal.need.every",
                        kind(view, kind),
                        view.status(kind, unmet.path("among").asString("")),
                        status);
            case "for" -> {
                String bearing = unmet.path("bearing").asString("");
                yield view.text(
                        "deal.need.for",
                        kind(view, kind),
                        status,
                        kind(view, bearing),
                        view.status(bearing, unmet.path("bearing_status").asString("")));
            }
            default -> status;
        };
    }

    /** The status that a future fact would have to give. */
    public static String needed(View view, JsonNode fact) {
        return view.status(fact.path("kind").asString(""), fact.path("status").asString(""));
    }

    /** A type of event in short: without its domain. */
    public static String type(String type) {
        return type.contains(".") ? type.substring(type.indexOf('.') + 1) : type;
    }

    /** An instant on an axis: the shorter the span, the finer. */
    public static String tick(View view, Instant at, Duration span) {
        boolean russian = view.language() == Language.RU;
        String day = russian ? "dd.MM" : "MM-dd";
        String pattern;
        if (span.compareTo(Duration.ofHours(6)) < 0) {
            pattern = "HH:mm:ss";
        } else if (span.compareTo(Duration.ofDays(20)) < 0) {
            pattern = day + " HH:mm";
        } else {
            pattern = russian ? "dd.MM.yyyy" : "yyyy-MM-dd";
        }
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(at.atZone(view.zone()));
    }

    /** The time between two instants, whichever is the earlier. */
    public static Duration apart(Instant one, Instant other) {
        return Duration.between(one, other).abs();
    }

    /** A field with an instant, in the page's time zone; empty if it has none. */
    public static String time(View view, JsonNode object, String field) {
        Instant at = Instants.of(object, field);
        return at == null ? "" : view.time(at);
    }

    /** A text as a part of an address. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A text; empty if it is missing. */
    public static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    /** A length of time of so many milliseconds. */
    public static String length(View view, long millis) {
        return view.duration(Duration.ofMillis(millis));
    }

    /** An instant for a field of a form, in the page's time zone. */
    public static String field(View view, Instant at) {
        return Instants.field(at, view.zone());
    }

    /** The name of an SLA policy, or its code if it has none here. */
    public static String policy(View view, String policy) {
        return view.textOr("deal.policy." + policy, policy);
    }

    /** An amount in full. */
    public static String amount(View view, BigDecimal amount, String currency) {
        NumberFormat format = NumberFormat.getNumberInstance(view.language().locale());
        format.setMaximumFractionDigits(2);
        return (format.format(amount) + " " + view.textOr("deal.currency." + currency, currency)).strip();
    }

    /** A text of at most so many characters. */
    public static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** Whose clock it is, and as long as it runs that its system is waited for. */
    public static String whose(View view, String domain, String state) {
        String name = domain(view, domain);
        return state.equals("running") ? view.text("deal.in_hands", name) : name;
    }

    /** The colour of the state of a clock, by a class of the base styles. */
    public static String clockColour(String state) {
        return switch (state) {
            case "met" -> "ok";
            case "breached" -> "bad";
            case "paused" -> "risk";
            default -> "";
        };
    }

    /** The colour of the state of an effect or a delivery, by a class of the base styles. */
    public static String stateColour(String state) {
        return switch (state) {
            case "done", "delivered" -> "ok";
            case "failed", "dead_lettered", "refused" -> "bad";
            case "pending", "parked" -> "risk";
            default -> "";
        };
    }

    /** A pause of a clock: from, and to if it is over. */
    public static String span(View view, JsonNode span) {
        Instant from = Instants.parse(span.path(0).asString(""));
        Instant to = Instants.parse(span.path(1).asString(""));
        return (from == null ? "" : view.time(from)) + " – " + (to == null ? "…" : view.time(to));
    }
}
