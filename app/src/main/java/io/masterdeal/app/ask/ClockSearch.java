package io.masterdeal.app.ask;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.client.PlatformClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the service for the clocks of all deals. */
public final class ClockSearch {

    /** Earlier and later there is no working time. */
    private static final String FIRST = "1970-01-01T00:00:00Z";

    private static final String LAST = "2199-12-31T23:59:59.999Z";

    private final PlatformClient service;

    /**
     * @param service the service
     */
    public ClockSearch(PlatformClient service) {
        this.service = service;
    }

    /** Which clocks are looked for. */
    public enum Which {
        /** Those that are not done: the one due first comes first, then those that are paused. */
        OPEN,
        /** Those that are open, not breached, and have passed a warning, in the same order. */
        AT_RISK,
        /** Those that took longer than their target, done or not: the newest breach comes first. */
        BREACHED
    }

    /**
     * Whose clocks are looked for; null means any.
     *
     * @param policy only those of this policy
     * @param domain only those of this domain
     * @param client only those of deals of this client
     */
    public record Filter(
            @Nullable String policy,
            @Nullable String domain,
            @Nullable String client) {

        private QueryString addTo(QueryString query) {
            return query.add("policy", policy).add("domain", domain).add("client", client);
        }
    }

    /**
     * What was found.
     *
     * @param clocks in short
     * @param isMore whether there are more
     */
    public record Found(List<JsonNode> clocks, boolean isMore) {}

    /**
     * Looks for clocks.
     *
     * @param limit how many at most
     * @throws ApiException if the service refuses it; the message says what can be asked
     */
    public Found find(Which which, Filter filter, int limit) throws InterruptedException {
        List<JsonNode> clocks = new ArrayList<>();
        boolean more = false;
        for (QueryString query : queries(which)) {
            more |= add(clocks, filter.addTo(query).add("limit", limit), limit);
        }
        return new Found(List.copyOf(clocks), more);
    }

    /** One list after the other: a clock that is paused is due at no known time. */
    private static List<QueryString> queries(Which which) {
        return switch (which) {
            case OPEN -> List.of(new QueryString().add("due_before", LAST), new QueryString().add("state", "paused"));
            case AT_RISK ->
                List.of(
                        new QueryString().add("at_risk", true).add("due_before", LAST),
                        new QueryString().add("at_risk", true).add("state", "paused"));
            case BREACHED ->
                List.of(new QueryString()
                        .add("state", "breached")
                        .add("breached_from", FIRST)
                        .add("breached_to", LAST));
        };
    }

    /**
     * Adds a list page by page until there are enough.
     *
     * @return whether there are more of it
     */
    private boolean add(List<JsonNode> clocks, QueryString query, int limit) throws InterruptedException {
        String list = query.after("/sla");
        String path = list;
        while (true) {
            JsonNode page = answer(path);
            for (JsonNode clock : page.path("items")) {
                if (clocks.size() == limit) {
                    return true;
                }
                clocks.add(clock);
            }
            if (!page.has("next")) {
                return false;
            }
            if (clocks.size() == limit) {
                return true;
            }
            path = list + "&cursor=" + page.path("next").asString("");
        }
    }

    /**
     * How many clocks there are.
     *
     * @param by policy, segment, domain, state or client
     * @param from the first instant of a period of breaches; null for none
     * @param to the end of the period
     * @throws ApiException if the service refuses it; the message says what can be asked
     */
    public JsonNode summary(String by, Filter filter, @Nullable String from, @Nullable String to)
            throws InterruptedException {
        return answer(filter.addTo(new QueryString().add("by", by))
                .add("breached_from", from)
                .add("breached_to", to)
                .after("/sla/summary"));
    }

    /** How many clocks the filter means; empty if they are too many to be counted. */
    public Optional<JsonNode> total(Filter filter) throws InterruptedException {
        Answer answer = service.ask(filter.addTo(new QueryString()).after("/sla/summary"));
        return answer.isOk() ? Optional.of(answer.body().path("total")) : Optional.empty();
    }

    private JsonNode answer(String path) throws InterruptedException {
        Answer answer = service.ask(path);
        if (!answer.isOk()) {
            throw new ApiException(TerminalText.clean(answer.detail()));
        }
        return answer.body();
    }
}
