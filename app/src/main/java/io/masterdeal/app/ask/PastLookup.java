package io.masterdeal.app.ask;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.PlatformClient;
import io.masterdeal.client.PlatformClient.Answer;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the service what was known of a deal earlier. */
public final class PastLookup {

    /** What can stand in a path as it is. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*");

    private static final int ITEMS = 100;

    private final PlatformClient service;

    /**
     * @param service the service
     */
    public PastLookup(PlatformClient service) {
        this.service = service;
    }

    /**
     * How dates and rules are meant.
     *
     * @param zone of dates, such as {@code Europe/Berlin}
     * @param rules {@code then} or {@code now}
     */
    public record Terms(String zone, String rules) {
        private QueryString query() {
            return new QueryString().add("zone", zone).add("rules", rules);
        }
    }

    /**
     * A deal as it was known.
     *
     * @param id its id, or the key of any object that belonged to it then
     * @param at an instant or a date
     * @throws ApiException if there was no such deal then, or more than one; the message says so
     */
    public JsonNode asOf(String id, String at, Terms terms) throws InterruptedException {
        return found(service.ask(terms.query().add("known_at", at).after(path(id))));
    }

    /**
     * The first hundred facts and retractions that were received in a period, and the answers before and after.
     *
     * @param id its id, or the key of any object that belonged to it
     * @param from an instant or a date
     * @param to the same; null for now
     * @throws ApiException if there was no such deal then, or more than one; the message says so
     */
    public JsonNode learned(String id, String from, @Nullable String to, Terms terms) throws InterruptedException {
        return found(service.ask(terms.query()
                .add("from", from)
                .add("to", to)
                .add("limit", ITEMS)
                .after(path(id) + "/learned")));
    }

    /** A key that cannot be part of a path is looked up: that of a root gives the id, that of another object its present deal. */
    private String path(String id) throws InterruptedException {
        if (PLAIN.matcher(id).matches()) {
            return "/masterdeal/" + id;
        }
        ObjectKey key = key(id);
        return "/masterdeal/"
                + (key != null && key.isRoot()
                        ? MasterDealId.of(key).toString()
                        : new DealLookup(service)
                                .deal(id)
                                .path("master_deal_id")
                                .asString(""));
    }

    private static @Nullable ObjectKey key(String text) {
        try {
            return new ObjectKey(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonNode found(Answer answer) {
        if (!answer.isOk()) {
            throw new ApiException(TerminalText.clean(answer.detail()));
        }
        return answer.body();
    }
}
