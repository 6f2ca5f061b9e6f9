package io.masterdeal.app.demo;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.Answers;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.Deal;
import io.masterdeal.model.deal.TimelineStep;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Compares the answers of the platform with the expected ones. */
final class Comparison {

    /** Prefix of a difference that the lost events do not explain. */
    static final String UNEXPLAINED = "not because of what was lost: ";

    private static final String LOST = "lost";

    private static final String CLOCKS = "clocks";

    private static final int CONCURRENCY = 16;

    private final PlatformClient service;

    private final Map<ObjectKey, List<String>> clocks;

    /**
     * @param service the platform
     * @param clocks what follows for the clocks of each deal from the events that were sent; whatever is answered about those of another
     *     deal is right
     */
    Comparison(PlatformClient service, Map<ObjectKey, List<String>> clocks) {
        this.service = service;
        this.clocks = clocks;
    }

    /**
     * Compares.
     *
     * @param events everything the systems emitted
     * @param expected what follows from it
     * @param sent what follows from the events that were sent
     * @return differences by deal; under an empty text what belongs to no deal. A deal that misses an event differs.
     */
    Map<String, List<String>> differences(List<EmittedEvent> events, Answers expected, Answers sent)
            throws InterruptedException {
        LostEventImpact affected = new LostEventImpact(expected, sent);
        boolean allSent = events.stream().allMatch(EmittedEvent::isSent);
        Set<ObjectKey> roots = new TreeSet<>(expected.deals().keySet());
        roots.addAll(sent.deals().keySet());
        Map<String, List<String>> differences = new TreeMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Semaphore permits = new Semaphore(CONCURRENCY);
            Map<String, Future<List<String>>> answers = new TreeMap<>();
            roots.forEach(root -> {
                Deal should = expected.deals().get(root);
                Deal could = allSent ? should : sent.deals().get(root);
                answers.put(
                        root.value(),
                        threads.submit(() -> limited(permits, () -> differences(root, should, could, allSent))));
            });
            List<Future<@Nullable String>> accounts = new ArrayList<>();
            events.forEach(event -> accounts.add(threads.submit(() -> limited(permits, () -> unaccounted(event)))));
            for (Map.Entry<String, Future<List<String>>> answer : answers.entrySet()) {
                note(differences, answer.getKey(), get(answer.getValue()));
            }
            Set<String> differing = Set.copyOf(differences.keySet());
            for (int i = 0; i < events.size(); i++) {
                EmittedEvent event = events.get(i);
                String unaccounted = get(accounts.get(i));
                for (String deal : unaccounted == null ? List.<String>of() : affected.deals(event)) {
                    String line = LOST.equals(unaccounted)
                            ? affected.tell(event, deal, differing.contains(deal))
                            : String.valueOf(unaccounted);
                    note(differences, deal, List.of(line));
                }
            }
        }
        return differences;
    }

    /** Whether a difference is one of the clocks, which change as time passes. */
    static boolean isAboutClocks(String difference) {
        return difference.replace(UNEXPLAINED, "").startsWith(CLOCKS);
    }

    private static void note(Map<String, List<String>> differences, String deal, List<String> more) {
        if (!more.isEmpty()) {
            differences.computeIfAbsent(deal, _ -> new ArrayList<>()).addAll(more);
        }
    }

    /** A request that may be interrupted. */
    private interface Request<T extends @Nullable Object> {
        T send() throws InterruptedException;
    }

    private static <T extends @Nullable Object> T limited(Semaphore permits, Request<T> request)
            throws InterruptedException {
        permits.acquire();
        try {
            return request.send();
        } finally {
            permits.release();
        }
    }

    private static <T extends @Nullable Object> T get(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Checks that the platform knows an event by its id, unless it was never sent; null if so. */
    private @Nullable String unaccounted(EmittedEvent event) throws InterruptedException {
        String what = event.name() + " of " + event.subject();
        if (event.refused() != null) {
            return "refused: " + what + ": " + event.refused();
        }
        boolean known = find("/facts/" + event.id()) != null;
        if (event.lost()) {
            return known ? "known although it was lost: " + what : LOST;
        }
        return known ? null : "unaccounted for: " + what;
    }

    /**
     * The differences of a deal. If not all events were sent, the lost ones explain a difference only if the platform's answer is the
     * one that follows from the rest: they must not hide anything else.
     */
    private List<String> differences(ObjectKey root, @Nullable Deal expected, @Nullable Deal sent, boolean allSent)
            throws InterruptedException {
        JsonNode answer = find("/masterdeal/" + root.value());
        List<String> differences = new ArrayList<>(differences(expected, answer));
        if (!allSent) {
            differences(sent, answer).forEach(line -> differences.add(UNEXPLAINED + line));
        }
        List<String> expectedClocks = clocks.get(root);
        List<String> answeredClocks = answer == null ? null : ClockTexts.of(answer);
        if (expectedClocks != null && answeredClocks != null) {
            List<String> lines = new ArrayList<>();
            compare(lines, CLOCKS, expectedClocks, answeredClocks);
            lines.forEach(line -> differences.add(allSent ? line : UNEXPLAINED + line));
        }
        return differences;
    }

    private static List<String> differences(@Nullable Deal expected, @Nullable JsonNode answer) {
        if (expected == null) {
            return answer == null ? List.of() : List.of("the platform knows the deal, and no system does");
        }
        if (answer == null) {
            return List.of("the platform does not know the deal; it should be at " + expected.stage());
        }
        List<String> differences = new ArrayList<>();
        compare(differences, "stage", expected.stage(), answer.path("stage").stringValue());
        compare(
                differences,
                "outcome",
                expected.outcome().name().toLowerCase(Locale.ROOT),
                answer.path("outcome").stringValue());
        compare(differences, "gaps", expected.gaps(), texts(answer.path("gaps")));
        compare(differences, "facts", expected.facts(), answer.path("facts").intValue());
        compare(
                differences,
                "timeline",
                expected.timeline().stream().map(Comparison::text).toList(),
                answer.path("timeline").valueStream().map(Comparison::text).toList());
        compareObjects(differences, expected, answer.path("objects"));
        return differences;
    }

    private static void compareObjects(List<String> differences, Deal expected, JsonNode objects) {
        Map<String, String> expectedTexts = new HashMap<>();
        expected.objects().forEach((key, status) -> expectedTexts.put(key.value(), text(key, status)));
        Map<String, String> actual = new HashMap<>();
        objects.forEach(object -> actual.put(
                object.path("key").stringValue(),
                object.path("key").stringValue() + " is "
                        + Objects.requireNonNullElse(object.path("status").stringValue(null), "without status")));
        Set<String> keys = new TreeSet<>(expectedTexts.keySet());
        keys.addAll(actual.keySet());
        for (String key : keys) {
            String there = actual.get(key);
            String expectedText = expectedTexts.get(key);
            if (expectedText == null) {
                differences.add("object " + key + " does not belong to it");
            } else if (there == null) {
                differences.add("object " + expectedText + ", and the platform does not know that it belongs to it");
            } else if (!there.equals(expectedText)) {
                differences.add("object " + expectedText + ", but the platform says: " + there);
            }
        }
    }

    private static String text(ObjectKey key, @Nullable CurrentStatus status) {
        return key.value() + " is " + (status == null ? "without status" : status.status());
    }

    private static void compare(List<String> differences, String what, Object expected, Object answered) {
        if (!expected.equals(answered)) {
            differences.add(what + " should be " + expected + " but is " + answered);
        }
    }

    private static String text(TimelineStep step) {
        return step.stage() + " " + step.direction().name().toLowerCase(Locale.ROOT) + " "
                + step.effectiveAt().toEpochMilli();
    }

    private static String text(JsonNode step) {
        return step.path("stage").stringValue() + " " + step.path("direction").stringValue() + " "
                + Instant.parse(step.path("effective_at").stringValue()).toEpochMilli();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private @Nullable JsonNode find(String path) throws InterruptedException {
        PlatformClient.Answer answer = service.ask(path);
        if (answer.isOk()) {
            return answer.body();
        }
        if (answer.status() == 404) {
            return null;
        }
        throw new ApiException("the service answers " + path + " with " + answer.status() + ": " + answer.detail());
    }
}
