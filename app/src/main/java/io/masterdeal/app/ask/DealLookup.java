package io.masterdeal.app.ask;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.ApiProblem;
import io.masterdeal.client.DealClient;
import io.masterdeal.client.DealFilter;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the service what people want to know about deals. */
public final class DealLookup {
    /** Concurrent requests for facts. */
    private static final int CONCURRENCY = 8;

    /** Facts that are looked up; of further evidence only the ids are shown. */
    private static final int MAX_FACTS = 500;

    /** Effects that are shown for a deal. */
    private static final int MAX_EFFECTS = 100;

    private final PlatformClient service;

    private final DealClient deals;

    /**
     * @param service the service
     */
    public DealLookup(PlatformClient service) {
        this.service = service;
        this.deals = new DealClient(service);
    }

    /**
     * One deal.
     *
     * @param id its id, or the key of any of its objects
     * @throws ApiException if there is none or more than one; the message says so
     */
    public JsonNode deal(String id) throws InterruptedException {
        try {
            return deals.deal(id);
        } catch (ApiException e) {
            throw forPeople(e);
        }
    }

    /**
     * A page of a part of a deal.
     *
     * @param id the deal's id, or the key of any of its objects
     * @param cursor what the page before has as {@code next}; null for the first page
     * @throws ApiException if there is no such deal, or more than one; the message says so
     */
    public JsonNode part(String id, DealClient.Part part, int limit, @Nullable String cursor)
            throws InterruptedException {
        try {
            return deals.part(id, part, limit, cursor);
        } catch (ApiException e) {
            throw forPeople(e);
        }
    }

    /**
     * A page of deals.
     *
     * @param limit the most deals
     * @param cursor what the page before says; null for the first page
     * @return {@code items} and, where there are more, {@code next}
     * @throws ApiException if the service refuses it; the message says what can be asked
     */
    public JsonNode deals(DealFilter filter, int limit, @Nullable String cursor) throws InterruptedException {
        try {
            return deals.deals(filter, limit, cursor);
        } catch (ApiException e) {
            throw forPeople(e);
        }
    }

    /**
     * How many deals there are.
     *
     * @param by what they are counted by
     * @param amounts whether to sum up amounts too
     * @throws ApiException if the service refuses it; the message says what can be asked
     */
    public JsonNode counts(List<String> by, DealFilter filter, boolean amounts) throws InterruptedException {
        try {
            return deals.counts(by, filter, amounts);
        } catch (ApiException e) {
            throw forPeople(e);
        }
    }

    /** What the service says about the question, without how it was asked. */
    private static ApiException forPeople(ApiException e) {
        ApiProblem problem = e.problem();
        if (problem == null || problem.detail().isEmpty() || e.status() == 401 || e.isTransient()) {
            return e;
        }
        return new ApiException(TerminalText.clean(problem.detail()));
    }

    /**
     * The clocks of a deal.
     *
     * @param id its id, or the key of any of its objects
     * @param at the instant, RFC 3339; null for now
     * @throws ApiException if there is no such deal, or more than one; the message says so
     */
    public JsonNode clocks(String id, @Nullable String at) throws InterruptedException {
        String deal = text(deal(id), "master_deal_id");
        return found(service.ask("/masterdeal/" + encode(deal) + "/sla" + (at == null ? "" : "?at=" + encode(at))));
    }

    /**
     * What a deal waits for.
     *
     * @param id its id, or the key of any of its objects
     * @param stage a stage, or {@code all}; null for the gaps and the next stage
     * @throws ApiException if there is no such deal or stage, or more than one deal; the message says so
     */
    public JsonNode why(String id, @Nullable String stage) throws InterruptedException {
        String deal = text(deal(id), "master_deal_id");
        return found(service.ask(new QueryString().add("stage", stage).after("/masterdeal/" + encode(deal) + "/why")));
    }

    /**
     * When the facts of a deal arrived.
     *
     * @param id its id, or the key of any of its objects
     * @throws ApiException if there is no such deal, or more than one; the message says so
     */
    public JsonNode arrival(String id) throws InterruptedException {
        String deal = text(deal(id), "master_deal_id");
        return found(service.ask("/masterdeal/" + encode(deal) + "/arrival"));
    }

    /**
     * The facts behind a deal's timeline and outcome, in the form of {@code /facts}.
     *
     * @return by event id; without those that are not known any more, or beyond the limit
     */
    public Map<String, JsonNode> evidence(JsonNode deal) throws InterruptedException {
        Set<String> ids = new LinkedHashSet<>();
        deal.path("outcome_finding").path("evidence").forEach(id -> ids.add(id.asString("")));
        for (JsonNode step : deal.path("timeline")) {
            step.path("evidence").forEach(id -> ids.add(id.asString("")));
        }
        List<String> asked = ids.stream().limit(MAX_FACTS).toList();
        var facts = new LinkedHashMap<String, JsonNode>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(CONCURRENCY, Thread.ofVirtual().factory())) {
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
     * The effects of a deal.
     *
     * @return a page of them; empty if the service has no effects
     */
    public Optional<JsonNode> effects(JsonNode deal) throws InterruptedException {
        Answer answer = service.ask("/effects?limit=" + MAX_EFFECTS + "&deal=" + encode(text(deal, "master_deal_id")));
        return answer.status() == 404 ? Optional.empty() : Optional.of(found(answer));
    }

    private static JsonNode found(Answer answer) {
        if (!answer.isOk()) {
            throw new ApiException(TerminalText.clean(answer.detail()));
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
