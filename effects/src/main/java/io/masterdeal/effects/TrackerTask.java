package io.masterdeal.effects;

import io.masterdeal.effects.Reaction.Request;
import io.masterdeal.facts.sla.SlaTasks;
import io.masterdeal.model.NameUuid;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.role.http.Times;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A task in Task-Tracker: how the table has it, and by which requests it is made and closed. */
final class TrackerTask {

    /** What the effects of tasks have in place of the name of a reaction. */
    static final String REACTION = "sla-task";

    static final ObjectKind KIND = new ObjectKind("task:task");

    /** The attribute by which tasks made here are known again. */
    static final String ORIGIN = "origin";

    static final String SLA = "sla";

    /** The member that has the key of the task once it is made. */
    static final String KEY = "key";

    /** Longer titles are cut. */
    static final int LONGEST_TITLE = 500;

    static final Request MAKE = new Request("task", "POST", "/tasks");

    /** The same for every task, so that a repeated request has the same bytes. */
    static final String CLOSE_BODY =
            "{\"attributes\":{\"reason\":\"the SLA warning or breach that asked for it has been taken back\"}}";

    /** The id becomes a segment of a path, so it does not begin with a dot. */
    private static final Pattern TASK_KEY = Pattern.compile("task:task:[\\p{L}\\p{N}][^\\p{Cntrl}\\s]{0,199}");

    private static final UUID CLOSING = NameUuid.of(NameUuid.URL_NAMESPACE, "urn:masterdeal:effect:close");

    private TrackerTask() {}

    /** What the table and the queue have of a task. */
    static ObjectNode json(SlaTasks.Task task) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("effect", task.id().toString())
                .put("master_deal_id", task.dealId().toString())
                .put("deal", task.root().value())
                .put("revision", task.revision())
                .put("kind", task.kind())
                .put("percent", task.percent())
                .put("policy", plain(task.policy()));
        if (task.object() != null) {
            json.put("object", task.object().value());
        }
        json.put("domain", plain(task.domain()))
                .put("title", plain(task.title()))
                .put("page", task.page())
                .put("started_at", Times.text(task.startedAt()))
                .put("at", Times.text(task.at()));
        if (task.dueAt() != null) {
            json.put("due_at", Times.text(task.dueAt()));
        }
        return json;
    }

    /** Makes text from a file of policies fit for PostgreSQL and for requests: it must not stop the facts. */
    private static String plain(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cs}\\s]+", " ").strip();
        int end = line.offsetByCodePoints(0, Math.min(LONGEST_TITLE, line.codePointCount(0, line.length())));
        return line.substring(0, end);
    }

    /**
     * The body of the request that makes it.
     *
     * @param task as the table has it
     */
    static String makeBody(JsonNode task) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        // Not linked to the clock's object: that may belong to several deals, and then the task would.
        body.putArray("links").add(task.path("deal").asString());
        ObjectNode attributes = body.putObject("attributes");
        attributes
                .put("title", task.path("title").asString())
                .put("priority", task.path("page").asBoolean() ? "urgent" : "normal")
                .put(ORIGIN, SLA);
        for (String name : List.of("kind", "percent", "policy", "object", "domain", "due_at")) {
            if (task.has(name)) {
                attributes.put(name, task.path(name).asString());
            }
        }
        return body.toString();
    }

    /** The request that closes a task. */
    static Request close(String key) {
        String id = key.substring(KIND.value().length() + 1);
        return new Request(
                MAKE.system(), "POST", MAKE.path() + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/cancel");
    }

    /** The idempotency key of the request that closes a task. */
    static UUID closeKey(UUID effect) {
        return NameUuid.of(CLOSING, effect.toString());
    }

    /** The key of the task that was made; null if the answer does not tell it. */
    static @Nullable String key(byte[] answer) {
        try {
            String key = JsonMapper.shared().readTree(answer).path(KEY).stringValue("");
            return TASK_KEY.matcher(key).matches() ? key : null;
        } catch (JacksonException _) {
            return null;
        }
    }
}
