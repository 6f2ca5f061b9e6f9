package io.masterdeal.client;

import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks the service where deals stand. Answers are the JSON that {@code docs/api.md} describes. What may succeed later is asked again as the
 * {@link RetryPolicy} of the settings says. Thread-safe; calls block, and an interrupt ends them.
 */
public final class DealClient implements AutoCloseable {

    /** What can stand in a path as it is. Any other key is asked for in the query, which may hold anything. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*");

    /** Roots that are named where an object belongs to several deals. */
    private static final int MOST_ROOTS = 20;

    private final PlatformClient service;

    /**
     * @param settings with the address of the service, or of a gateway that has a route to it; any key may read
     */
    public DealClient(ClientSettings settings) {
        this(new PlatformClient("service", settings));
    }

    /**
     * @param service the API of the service; it is closed with this client
     */
    public DealClient(PlatformClient service) {
        this.service = service;
    }

    /**
     * One deal.
     *
     * @param idOrKey its id, or the key of any of its objects, such as {@code crm:deal:D-1}
     * @return the deal: {@code stage}, {@code outcome}, {@code timeline} with evidence, and more
     * @throws ApiException if no fact names it, with status 404; if the object belongs to several deals, with status 409; if the service
     *     refuses the request or the client gave up
     */
    public JsonNode deal(String idOrKey) throws InterruptedException {
        return service.get(path(idOrKey));
    }

    /**
     * One deal, not older than a revision that was read from {@code masterdeal.events}: its event may come before its answer.
     *
     * @param idOrKey as for {@link #deal(String)}; a deal may be named before it is known by its id, or by a key of letters, digits and {@code
     *     ._~:-} only
     * @param minRevision the revision of the event, 1 or more
     * @throws ApiException as {@link #deal(String)}; with status 503 if the revision is not stored when the client gives up
     */
    public JsonNode deal(String idOrKey, long minRevision) throws InterruptedException {
        return service.get(path(idOrKey) + "?min_revision=" + minRevision);
    }

    /** The path of a deal, which is looked up if its key cannot stand in a path. */
    private String path(String idOrKey) throws InterruptedException {
        if (PLAIN.matcher(idOrKey).matches()) {
            return "/masterdeal/" + idOrKey;
        }
        JsonNode deals =
                deals(new DealFilter(null, null, idOrKey), MOST_ROOTS, null).path("items");
        return switch (deals.size()) {
            case 0 -> throw problem(404, "no such deal", "No deal has an object '" + idOrKey + "'.");
            case 1 ->
                "/masterdeal/"
                        + PlatformClient.encode(
                                deals.get(0).path("master_deal_id").asString(""));
            default -> {
                var roots = new StringJoiner(", ");
                deals.forEach(deal -> roots.add(deal.path("root").asString("")));
                throw problem(
                        409,
                        "several deals",
                        "'" + idOrKey + "' belongs to several deals: " + roots + ". Ask for one of them.");
            }
        };
    }

    /** What can be read of a deal by page. */
    public enum Part {
        /** Its facts, also those that were taken back, the newest first. */
        FACTS("facts"),
        /** Its objects, in the order of their keys, and the links between them. */
        OBJECTS("objects"),
        /** What was published of it, the newest first. */
        REVISIONS("revisions");

        private final String path;

        Part(String path) {
            this.path = path;
        }
    }

    /**
     * A page of a part of a deal.
     *
     * @param idOrKey the deal's id, or the key of any of its objects
     * @param limit the most items, 1 to 1000; of objects to 200
     * @param cursor what the page before has as {@code next}; null for the first page
     * @return {@code items} and, where there are more, {@code next}; of objects also {@code links}
     * @throws ApiException as {@link #deal(String)}
     */
    public JsonNode part(String idOrKey, Part part, int limit, @Nullable String cursor) throws InterruptedException {
        return service.get(path(idOrKey) + "/" + part.path + "?limit=" + limit
                + (cursor == null ? "" : "&cursor=" + PlatformClient.encode(cursor)));
    }

    /**
     * One deal, if there is one.
     *
     * @param idOrKey its id, or the key of any of its objects
     * @return empty if no fact names it, or the object belongs to no deal yet
     * @throws ApiException as {@link #deal}, but not with status 404
     */
    public Optional<JsonNode> find(String idOrKey) throws InterruptedException {
        try {
            return Optional.of(deal(idOrKey));
        } catch (ApiException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * A page of the list of deals.
     *
     * @param limit the most deals, 1 to 1000
     * @param cursor what the page before has as {@code next}; null for the first page
     * @return {@code items} and, where there are more, {@code next}
     * @throws ApiException if the service refuses the request or the client gave up
     */
    public JsonNode deals(DealFilter filter, int limit, @Nullable String cursor) throws InterruptedException {
        String query = filter.query();
        return service.get("/masterdeal?limit=" + limit
                + (query.isEmpty() ? "" : "&" + query)
                + (cursor == null ? "" : "&cursor=" + PlatformClient.encode(cursor)));
    }

    /**
     * All deals that a filter matches, page by page.
     *
     * @param each takes them in the order of the list, which is that of their keys unless the filter says another
     * @throws ApiException if the service refuses the request or the client gave up; some were given to {@code each} then
     */
    public void forEach(DealFilter filter, Consumer<JsonNode> each) throws InterruptedException {
        String query = filter.query();
        service.forEach("/masterdeal" + (query.isEmpty() ? "" : "?" + query), each);
    }

    /**
     * Several deals at once.
     *
     * @param idsOrRoots their ids or the keys of their roots, 1 to 100; not the keys of other objects
     * @return {@code items} in this order, and {@code missing}: what of these names no known deal
     * @throws ApiException if the service refuses the request or the client gave up
     */
    public JsonNode deals(List<String> idsOrRoots) throws InterruptedException {
        var query = new StringJoiner("&");
        idsOrRoots.forEach(id -> query.add("id=" + PlatformClient.encode(id)));
        return service.get("/masterdeal?" + query);
    }

    /**
     * How many deals there are.
     *
     * @param by what they are counted by, one to three of {@code stage}, {@code outcome}, {@code client}, {@code manager}, {@code
     *     product}, {@code region} and {@code currency}
     * @param filter with these alone
     * @param amounts whether to sum up amounts too, by currency
     * @return {@code total}, {@code groups} with {@code values} and numbers, and {@code others} beyond the thousandth group
     * @throws ApiException if the service refuses the request or the client gave up
     */
    public JsonNode counts(List<String> by, DealFilter filter, boolean amounts) throws InterruptedException {
        String query = filter.query();
        return service.get("/counts?by=" + PlatformClient.encode(String.join(",", by))
                + (amounts ? "&amounts=true" : "")
                + (query.isEmpty() ? "" : "&" + query));
    }

    /**
     * What is stored under the id of an event, such as one of a deal's {@code evidence}.
     *
     * @return the facts; more than one are a conflict
     * @throws ApiException if there is none, with status 404; if the service refuses the request or the client gave up
     */
    public List<JsonNode> facts(String eventId) throws InterruptedException {
        return service.get("/facts/" + PlatformClient.encode(eventId))
                .valueStream()
                .toList();
    }

    private static ApiException problem(int status, String title, String detail) {
        return new ApiException(detail, StatusRule.of(status), ApiProblem.of(status, title, detail), null);
    }

    /** Ends what is under way with an {@link ApiException}. */
    @Override
    public void close() {
        service.close();
    }
}
