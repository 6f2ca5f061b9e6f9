package io.masterdeal.router.subscription;

import io.masterdeal.router.subscription.InvalidSubscriptionException.Violation;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads subscriptions from JSON, as the API accepts and the database stores them; YAML files have the same content. The errors
 * of a document are reported all together.
 */
final class SubscriptionDocument {

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    private static final Pattern TYPE = Pattern.compile("\\*|[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*(\\.\\*)?");

    private static final Pattern TOPIC = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

    /** The same as for the task queue. */
    private static final Pattern QUEUE = Pattern.compile("[a-z0-9][a-z0-9.-]{0,99}");

    private static final String OWN_QUEUES = "masterdeal.";

    private static final Pattern ROUTE = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

    private static final Set<String> FIELDS =
            Set.of("name", "types", "filter", "sink", "order", "retry", "delivery", "paused");

    private static final int MOST_TYPES = 100;

    private final JsonNode json;

    /** Null for a document that was accepted before and is not checked again. */
    private final @Nullable SubscriptionRules rules;

    private final boolean bundled;

    private final List<Violation> violations = new ArrayList<>();

    private SubscriptionDocument(JsonNode json, @Nullable SubscriptionRules rules, boolean bundled) {
        this.json = json;
        this.rules = rules;
        this.bundled = bundled;
    }

    /**
     * Reads a document.
     *
     * @param rules the rules for it
     * @param bundled whether it may have a sink that is reserved for bundled subscriptions
     * @throws InvalidSubscriptionException with everything that is wrong
     */
    static Subscription read(JsonNode json, SubscriptionRules rules, boolean bundled) {
        return new SubscriptionDocument(json, rules, bundled).read();
    }

    /** Reads a document that was accepted once. */
    static Subscription stored(JsonNode json) {
        return new SubscriptionDocument(json, null, true).read();
    }

    private Subscription read() {
        if (!json.isObject()) {
            throw new InvalidSubscriptionException(List.of(new Violation("", "must be an object")));
        }
        onlyKnown(json, "", FIELDS);
        String name = text("/name", true);
        if (name != null && !NAME.matcher(name).matches()) {
            wrong("/name", "must be up to 63 lower-case letters, digits and hyphens, a letter first");
        }
        List<String> types = types();
        Filter filter = filter(types);
        Sink sink = sink();
        boolean ordered = ordered();
        DeliveryRetries retry = retry();
        Subscription.Delivery delivery = delivery();
        boolean paused = flag("/paused");
        if (!violations.isEmpty() || name == null || sink == null) {
            throw new InvalidSubscriptionException(violations);
        }
        return new Subscription(name, types, filter, sink, ordered, retry, delivery, paused);
    }

    private List<String> types() {
        JsonNode list = json.at("/types");
        if (!list.isArray() || list.isEmpty() || list.size() > MOST_TYPES) {
            wrong("/types", "must be a list of 1 to " + MOST_TYPES + " event types");
            return List.of();
        }
        List<String> types = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode type = list.get(i);
            if (!type.isString() || !TYPE.matcher(type.stringValue()).matches()) {
                wrong("/types/" + i, "must be an event type such as legal.approved, or docflow.*, or *");
            } else {
                types.add(type.stringValue());
            }
        }
        return List.copyOf(types);
    }

    private @Nullable Filter filter(List<String> types) {
        String expression = text("/filter", false);
        if (expression == null) {
            return null;
        }
        SubscriptionRules strict = rules;
        if (strict == null) {
            return Filter.stored(expression);
        }
        try {
            Filter filter = Filter.parse(expression);
            Filter.check(expression, strict.schemas(types));
            return filter;
        } catch (IllegalArgumentException e) {
            wrong("/filter", "is no condition on these events in CEL: " + e.getMessage());
            return null;
        }
    }

    private @Nullable Sink sink() {
        JsonNode sink = json.at("/sink");
        if (!sink.isObject()) {
            wrong("/sink", "must be an object with a type: http, kafka, queue or route");
            return null;
        }
        String type = text("/sink/type", true);
        if (type == null) {
            return null;
        }
        if (type.equals("http")) {
            onlyKnown(sink, "/sink", Set.of("type", "url", "mode"));
            return http();
        }
        if (type.equals("kafka")) {
            onlyKnown(sink, "/sink", Set.of("type", "topic"));
            return kafka();
        }
        if (type.equals("queue")) {
            onlyKnown(sink, "/sink", Set.of("type", "queue"));
            return queue();
        }
        if (type.equals("route")) {
            onlyKnown(sink, "/sink", Set.of("type", "route"));
            return route();
        }
        if (type.equals("origin") && bundled) {
            return new Sink.Origin();
        }
        wrong("/sink/type", "must be http, kafka, queue or route");
        return null;
    }

    private @Nullable Sink http() {
        String url = text("/sink/url", true);
        String mode = text("/sink/mode", false);
        if (mode != null && !Set.of("structured", "binary").contains(mode)) {
            wrong("/sink/mode", "must be structured or binary");
        }
        if (url == null) {
            return null;
        }
        try {
            URI uri = URI.create(url);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (Set.of("http", "https").contains(scheme) && uri.getHost() != null && uri.getUserInfo() == null) {
                String refusal = rules == null ? null : rules.sinks().refuses(uri);
                if (refusal != null) {
                    wrong("/sink/url", "is not allowed:" + refusal);
                }
                return new Sink.Http(uri, "binary".equals(mode) ? Sink.Mode.BINARY : Sink.Mode.STRUCTURED);
            }
        } catch (IllegalArgumentException e) {
            wrong("/sink/url", "is no URL: " + e.getMessage());
            return null;
        }
        wrong("/sink/url", "must be http:// or https:// with a host, and without a password");
        return null;
    }

    private @Nullable Sink kafka() {
        String topic = text("/sink/topic", true);
        if (topic == null) {
            return null;
        }
        if (!TOPIC.matcher(topic).matches() || isOwn(topic)) {
            wrong("/sink/topic", "must be the name of a topic, and none of those the platform itself reads");
            return null;
        }
        String refusal = rules == null ? null : rules.sinks().refusesTopic(topic);
        if (refusal != null) {
            wrong("/sink/topic", refusal);
        }
        return new Sink.Kafka(topic);
    }

    private boolean isOwn(String topic) {
        return rules != null && rules.readsItself(topic);
    }

    private @Nullable Sink queue() {
        String queue = text("/sink/queue", true);
        if (queue == null) {
            return null;
        }
        // With Kafka a queue is a topic.
        if (!QUEUE.matcher(queue).matches() || queue.startsWith(OWN_QUEUES) || isOwn(queue)) {
            wrong(
                    "/sink/queue",
                    "must be the name of a queue (up to 100 lower-case letters, digits, dots and hyphens), none that begins"
                            + " with " + OWN_QUEUES + " and no topic that the platform itself reads");
            return null;
        }
        return new Sink.Queue(queue);
    }

    private @Nullable Sink route() {
        String route = text("/sink/route", true);
        if (route == null) {
            return null;
        }
        if (!ROUTE.matcher(route).matches()) {
            wrong(
                    "/sink/route",
                    "must be the NAME of a route that reads from direct:NAME: letters, digits, '.', '_', '-'");
            return null;
        }
        return new Sink.Route(route);
    }

    private boolean ordered() {
        String order = text("/order", false);
        if (order != null && !Set.of("per-deal", "none").contains(order)) {
            wrong("/order", "must be per-deal or none");
        }
        return !"none".equals(order);
    }

    private DeliveryRetries retry() {
        JsonNode retry = json.at("/retry");
        if (retry.isMissingNode()) {
            return DeliveryRetries.DEFAULT;
        }
        onlyKnown(retry, "/retry", Set.of("attempts", "first-pause", "longest-pause"));
        DeliveryRetries usual = DeliveryRetries.DEFAULT;
        return new DeliveryRetries(
                (int) number("/retry/attempts", 1, 20, usual.attempts()),
                duration("/retry/first-pause", usual.firstPause(), Duration.ofHours(1)),
                duration("/retry/longest-pause", usual.longestPause(), Duration.ofDays(1)));
    }

    private Subscription.Delivery delivery() {
        JsonNode delivery = json.at("/delivery");
        if (delivery.isMissingNode()) {
            return Subscription.Delivery.DEFAULT;
        }
        onlyKnown(delivery, "/delivery", Set.of("concurrency", "rate", "timeout"));
        Subscription.Delivery usual = Subscription.Delivery.DEFAULT;
        return new Subscription.Delivery(
                (int) number("/delivery/concurrency", 1, 256, usual.concurrency()),
                number("/delivery/rate", 0, 1_000_000, usual.rate()),
                duration("/delivery/timeout", usual.timeout(), Duration.ofMinutes(1)));
    }

    private double number(String pointer, double least, double most, double usual) {
        JsonNode value = json.at(pointer);
        if (value.isMissingNode()) {
            return usual;
        }
        if (!value.isNumber() || value.doubleValue() < least || value.doubleValue() > most) {
            wrong(pointer, String.format(Locale.ROOT, "must be a number from %.0f to %.0f", least, most));
            return usual;
        }
        return value.doubleValue();
    }

    private Duration duration(String pointer, Duration usual, Duration most) {
        String text = text(pointer, false);
        if (text == null) {
            return usual;
        }
        try {
            Duration value = Duration.parse(text);
            if (value.toMillis() >= 1 && value.compareTo(most) <= 0) {
                return value;
            }
        } catch (DateTimeParseException e) {
            wrong(pointer, "must be a duration such as PT2S, not '" + text + "'");
            return usual;
        }
        wrong(pointer, "must be a duration from PT0.001S to " + most);
        return usual;
    }

    private boolean flag(String pointer) {
        JsonNode value = json.at(pointer);
        if (!value.isMissingNode() && !value.isBoolean()) {
            wrong(pointer, "must be true or false");
        }
        return value.isBoolean() && value.booleanValue();
    }

    private @Nullable String text(String pointer, boolean required) {
        JsonNode value = json.at(pointer);
        if (value.isString() && !value.stringValue().isBlank()) {
            if (value.stringValue().indexOf('\0') >= 0) {
                wrong(pointer, "has the character U+0000, which cannot be kept");
                return null;
            }
            return value.stringValue();
        }
        if (required || !value.isMissingNode()) {
            wrong(pointer, value.isMissingNode() ? "is required" : "must be text");
        }
        return null;
    }

    private void onlyKnown(JsonNode object, String pointer, Set<String> known) {
        if (!object.isObject()) {
            wrong(pointer, "must be an object");
            return;
        }
        for (String field : object.propertyNames()) {
            if (!known.contains(field)) {
                wrong(
                        pointer + "/" + field,
                        "is not known; there are: " + known.stream().sorted().toList());
            }
        }
    }

    private void wrong(String pointer, String detail) {
        violations.add(new Violation(pointer, detail));
    }
}
