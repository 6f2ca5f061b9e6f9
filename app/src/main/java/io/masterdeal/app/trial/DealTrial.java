package io.masterdeal.app.trial;

import io.masterdeal.client.ApiException;
import io.masterdeal.client.ApiProblem;
import io.masterdeal.client.PlatformClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a running service what other policies would give for one of its deals. */
public final class DealTrial {

    private static final int UNPROCESSABLE = 422;

    private final PlatformClient service;

    /**
     * @param service with the key of the operator
     */
    public DealTrial(PlatformClient service) {
        this.service = service;
    }

    /** The text of a file, and what to call it in messages. */
    public record Source(String name, String text) {}

    /**
     * Tries policies.
     *
     * @param deal its id, or the key of any of its objects
     * @param at the instant, RFC 3339; null for now
     * @param policies the policies
     * @param calendars their calendars; null for those in use
     * @return the service's answer
     * @throws ApiException if there is no such deal, or more than one, or the policies cannot be used; the message says why
     */
    public JsonNode run(String deal, @Nullable String at, Source policies, @Nullable Source calendars)
            throws InterruptedException {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("policies", policies.text());
        if (calendars != null) {
            body.put("calendars", calendars.text());
        }
        try {
            return service.send(
                    "POST", "/sla/try?deal=" + encode(deal) + (at == null ? "" : "&at=" + encode(at)), body);
        } catch (ApiException e) {
            throw forPeople(e, policies, calendars);
        }
    }

    /** What the service says about the question, with the names of the files. */
    private static ApiException forPeople(ApiException e, Source policies, @Nullable Source calendars) {
        ApiProblem problem = e.problem();
        if (problem == null || problem.detail().isEmpty() || e.status() == 401 || e.isTransient()) {
            return e;
        }
        String detail = problem.detail();
        if (problem.status() == UNPROCESSABLE) {
            Map<String, String> names = calendars == null
                    ? Map.of("policies:", policies.name())
                    : Map.of("policies:", policies.name(), "calendars:", calendars.name());
            for (Map.Entry<String, String> name : names.entrySet()) {
                if (detail.startsWith(name.getKey())) {
                    return new ApiException(name.getValue() + ":"
                            + detail.substring(name.getKey().length()));
                }
            }
        }
        return new ApiException(detail);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
