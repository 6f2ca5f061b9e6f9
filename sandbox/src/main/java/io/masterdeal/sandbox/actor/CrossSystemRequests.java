package io.masterdeal.sandbox.actor;

import io.masterdeal.sandbox.call.GatewayCalls;
import io.masterdeal.sandbox.call.GatewayCalls.Answer;
import io.masterdeal.sandbox.call.GatewayCalls.Call;
import io.masterdeal.sandbox.call.UnreachableException;
import io.masterdeal.sandbox.system.Change;
import io.masterdeal.sandbox.system.Refusal;
import io.masterdeal.sandbox.system.SystemApi;
import io.masterdeal.sandbox.system.SystemApis;
import io.masterdeal.sandbox.system.SystemJson;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests of the people of one system to another system: by REST through the gateway, and if that does not answer within their
 * patience, "by phone", directly in the other system. The idempotency key is the same, so the request is performed only once even if
 * the first attempt arrived.
 */
public final class CrossSystemRequests {
    private static final Logger LOG = LoggerFactory.getLogger(CrossSystemRequests.class);
    private static final int CONFLICT = 409;

    private final GatewayCalls calls;
    private final SystemApis apis;
    private final SimulationPace pace;

    /**
     * Creates requests.
     *
     * @param calls through the gateway
     * @param apis for requests by phone
     * @param pace how long people wait for an answer
     */
    public CrossSystemRequests(GatewayCalls calls, SystemApis apis, SimulationPace pace) {
        this.calls = calls;
        this.apis = apis;
        this.pace = pace;
    }

    /**
     * Requests a change.
     *
     * @param deal the deal of the request
     * @param from the requesting domain
     * @param to the domain that performs it
     * @param path segments after the domain, such as {@code contracts}
     * @param change the change
     * @return the changed object, as the REST API returns it
     * @throws Refusal if it is not possible in the current state
     * @throws InterruptedException if the simulation is being stopped
     */
    public JsonNode ask(SimulatedDeal deal, String from, String to, List<String> path, Change change)
            throws InterruptedException {
        String key = UUID.randomUUID().toString();
        JsonNode body = body(change);
        String trace = change.context().traceparent();
        try {
            Answer answer = calls.untilAnswered(
                    new Call(from, "/" + to + "/" + String.join("/", path), body, key, trace), pace.patience());
            if (answer.ok()) {
                return answer.body();
            }
            if (answer.status() == CONFLICT) {
                throw Refusal.conflict(answer.body().path("detail").asString(""));
            }
            LOG.info("{} answered {} to {}: {}", to, answer.status(), from, answer.body());
        } catch (UnreachableException e) {
            LOG.debug("{} phones {}: {}", from, to, e.getMessage());
        }
        deal.note("by-phone");
        return apis.of(to).post(new SystemApi.Request(path, body, key, trace)).body();
    }

    /**
     * Polls an object of another system until it has a status.
     *
     * @param deal the deal of the request
     * @param from the polling domain
     * @param key of the object
     * @param plural its kind in the path
     * @param status the status, as the other system calls it
     * @return false if the object did not have it within the patience
     * @throws InterruptedException if the simulation is being stopped
     */
    public boolean awaitStatus(SimulatedDeal deal, String from, String key, String plural, String status)
            throws InterruptedException {
        String[] parts = key.split(":", 3);
        String path = "/" + parts[0] + "/" + plural + "/" + parts[2];
        long end = System.nanoTime() + pace.patience().toNanos();
        while (true) {
            Answer answer = calls.once(Call.get(from, path));
            if (answer.ok() && answer.body().path("status").asString("").equals(status)) {
                return true;
            }
            if (System.nanoTime() - end > 0) {
                break;
            }
            SimulationPace.sleep(pace.betweenQuestions());
        }
        boolean reached = apis.of(parts[0])
                .system()
                .find(parts[1], parts[2])
                .filter(object -> object.status().equals(status))
                .isPresent();
        if (reached) {
            deal.note("by-phone");
        }
        return reached;
    }

    /**
     * Converts a change to the form of the REST API.
     *
     * @param change the change
     * @return the body of the request
     */
    static ObjectNode body(Change change) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        if (change.id() != null) {
            body.put("id", change.id());
        }
        SystemJson.texts(body.putArray("links"), change.links());
        SystemJson.texts(body.putObject("attributes"), change.attributes());
        if (change.context().correlationId() != null) {
            body.put("correlation_id", change.context().correlationId());
        }
        if (change.context().causationId() != null) {
            body.put("causation_id", change.context().causationId());
        }
        return body;
    }
}
