package io.masterdeal.app.ask;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.client.PlatformClient.Answer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a person wants to know of deals, as questions to the service. */
public final class DealQuestions {
    /** Facts asked for at once. */
    private static final int AT_ONCE = 8;

    /** A timeline with more evidence than this tells the ids of the rest alone. */
    private static final int MOST_FACTS = 500;

    /** Effects that are shown of one deal. */
    private static final int MOST_EFFECTS = 100;

    /** What stands in a path as it is; all else is asked for in the query, which may hold anything. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*");

    private final PlatformClient service;

    /**
     * @param service to ask
     */
    public DealQuestions(PlatformClient service) {
        this.service = service;
    }

    /** A filter of the list of deals, and which part of it. */
    public record Filter(
            @Nullable String stage,
            @Nullable String outcome,
            @Nullable String object,
            int limit,
            @Nullable String cursor) {}

    /**
     * One deal.
     *
     * @param id its id, or the key of any of its objects
     * @throws ApiException if there is none or more than one; the message says so
     */
    public JsonNode deal(String id) throws InterruptedException {
        if (PLAIN.matcher(id).matches()) {
            return found(service.ask("/masterdeal/" + id));
        }
        JsonNode deals =
                found(service.ask("/masterdeal?limit=20&object=" + encode(id))).path("items");
        return switch (deals.size()) {
            case 0 -> throw new ApiException("No deal has an object '" + Screen.clean(id) + "'.");
            case 1 -> found(service.ask("/masterdeal/" + encode(text(deals.get(0), "master_deal_id"))));
            default -> {
                var roots = new StringJoiner(", ");
                deals.forEach(deal -> roots.add(text(deal, "root")));
                throw new ApiException("'" + Screen.clean(id) + "' belongs to several deals: " + roots
                        + ". Ask for one of them, or list them with './masterdeal deals --object'.");
            }
        };
    }

    /** A page of deals: {@code items} and, where there are more, {@code next}. */
    public JsonNode deals(Filter filter) throws InterruptedException {
        var query = new StringJoiner("&", "/masterdeal?", "").add("limit=" + filter.limit());
        var given = new LinkedHashMap<String, @Nullable String>();
        given.put("stage", filter.stage());
        given.put("outcome", filter.outcome());
        given.put("object", filter.object());
        given.put("cursor", filter.cursor());
        given.forEach((name, value) -> {
            if (value != null) {
                query.add(name + "=" + encode(value));
            }
        });
        return found(service.ask(query.toString()));
    }

    /**
     * The facts that a deal's timeline and outcome rest on, as {@code /facts} tells them.
     *
     * @return by event id; one that is not known any more, or that is beyond what is asked for, is not in it
     */
    public Map<String, JsonNode> evidence(JsonNode deal) throws InterruptedException {
        Set<String> ids = new LinkedHashSet<>();
        deal.path("outcome_finding").path("evidence").forEach(id -> ids.add(id.asString("")));
        for (JsonNode step : deal.path("timeline")) {
            step.path("evidence").forEach(id -> ids.add(id.asString("")));
        }
        List<String> asked = ids.stream().limit(MOST_FACTS).toList();
        var facts = new LinkedHashMap<String, JsonNode>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<Answer>> answers = new ArrayList<>();
            asked.forEach(id -> answers.add(threads.submit(() -> service.ask("/facts/" + encode(id)))));
            for (int i = 0; i < asked.size(); i++) {
                Answer answer = answers.get(i).get();
                if (answer.isOk() && answer.body().size() > 0) {
                    facts.put(asked.get(i), answer.body());
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ApiException failure
                    ? failure
                    : new ApiException("the facts behind the deal could not be read", e);
        }
        return facts;
    }

    /**
     * What was asked of other systems because of a deal.
     *
     * @return a page of them; empty if this service does not tell
     */
    public Optional<JsonNode> effects(JsonNode deal) throws InterruptedException {
        Answer answer = service.ask("/effects?limit=" + MOST_EFFECTS + "&deal=" + encode(text(deal, "master_deal_id")));
        return answer.status() == 404 ? Optional.empty() : Optional.of(found(answer));
    }

    private static JsonNode found(Answer answer) {
        if (!answer.isOk()) {
            throw new ApiException(Screen.clean(answer.detail()));
        }
        return answer.body();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
