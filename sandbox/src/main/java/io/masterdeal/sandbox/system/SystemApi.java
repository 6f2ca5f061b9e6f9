package io.masterdeal.sandbox.system;

import io.masterdeal.contracts.event.Violation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Handles requests to a system, by HTTP or by phone. A repeated request with the same idempotency key is performed once and gets the
 * same answer. The number of stored keys is limited; the oldest are dropped first. Thread-safe.
 */
public final class SystemApi {
    /**
     * An answer.
     *
     * @param status HTTP status
     * @param body a JSON object
     */
    public record Answer(int status, ObjectNode body) {}

    /**
     * A request that changes something.
     *
     * @param path segments after the domain, such as {@code contracts} or {@code contracts, K-1, sign}
     * @param body a JSON object
     * @param idempotencyKey null if there is none
     * @param traceparent W3C trace context; null if there is none
     */
    public record Request(
            List<String> path,
            JsonNode body,
            @Nullable String idempotencyKey,
            @Nullable String traceparent) {
        /** Takes a copy of the path. */
        public Request {
            path = List.copyOf(path);
        }
    }

    private record Done(UUID request, Answer answer) {}

    /** How many idempotency keys a system keeps. */
    public static final int KEPT_KEYS = 10_000;

    private static final int LONGEST_KEY = 200;

    private final DomainSystem system;
    private final Map<String, Done> done = new LinkedHashMap<>();
    private volatile CreationHook hook = CreationHook.NONE;

    /**
     * Creates the API of a system, without a hook.
     *
     * @param system the system
     */
    public SystemApi(DomainSystem system) {
        this.system = system;
    }

    /**
     * Sets the hook.
     *
     * @param newHook called from now on when objects are created
     */
    public void useHook(CreationHook newHook) {
        hook = newHook;
    }

    /**
     * The system.
     *
     * @return the system
     */
    public DomainSystem system() {
        return system;
    }

    /**
     * Creates an object, or performs an action on one.
     *
     * @param request the request
     * @return 201 with a new object, 200 with an existing one
     * @throws Refusal if it is not performed
     */
    public Answer post(Request request) {
        return once(request, () -> {
            KindModel kind = kind(request.path().getFirst());
            ChangeReader wanted = ChangeReader.read(request.body(), request.traceparent());
            if (request.path().size() == 1) {
                return create(kind, wanted.change());
            }
            String id = request.path().get(1);
            String action = request.path().get(2);
            if (wanted.change().id() != null) {
                throw Refusal.invalid(List.of(new Violation("/id", "is for new objects; the path names this one")));
            }
            if (action.equals("retract")) {
                return new Answer(
                        200, SystemJson.object(system.retract(kind.name(), id, wanted.retracts(), wanted.change())));
            }
            return new Answer(200, SystemJson.object(system.act(kind.name(), id, action, wanted.change())));
        });
    }

    /**
     * Performs work once per idempotency key.
     *
     * @param request the request with the key
     * @param work the work
     * @return its answer, or the stored answer of the first request with this key
     * @throws Refusal if the key was used for a different request
     */
    public synchronized Answer once(Request request, Supplier<Answer> work) {
        String key = request.idempotencyKey();
        if (key == null) {
            return work.get();
        }
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Refusal.unreadable("An Idempotency-Key has 1 to " + LONGEST_KEY + " characters.");
        }
        UUID asked = fingerprint(request);
        Done before = done.get(key);
        if (before != null) {
            if (!before.request().equals(asked)) {
                throw Refusal.conflict("This Idempotency-Key came with another request before. Use a new one.");
            }
            return before.answer();
        }
        Answer answer = work.get();
        done.put(key, new Done(asked, answer));
        if (done.size() > KEPT_KEYS) {
            done.remove(done.keySet().iterator().next());
        }
        return answer;
    }

    /**
     * Creates an object, unless the hook finds an existing one.
     *
     * @param kindName such as {@code mediaplan}
     * @param change its id, links and attributes
     * @return the object
     * @throws Refusal if it is not created
     */
    public ObjectView create(String kindName, Change change) {
        synchronized (this) {
            Optional<ObjectView> there = hook.existing(kindName, change);
            return there.orElseGet(() -> created(kindName, change));
        }
    }

    /**
     * Finds a kind by the segment of its path.
     *
     * @param plural such as {@code deals}
     * @return the kind
     * @throws Refusal if there is none
     */
    public KindModel kind(String plural) {
        return system.model()
                .byPlural(plural)
                .orElseThrow(() -> Refusal.notFound("There are no \"" + plural
                        + "\" here. There are: "
                        + String.join(
                                ", ",
                                system.model().kinds().stream()
                                        .map(KindModel::plural)
                                        .toList())
                        + "."));
    }

    /** A hash of the request. */
    private static UUID fingerprint(Request request) {
        String asked = String.join("/", request.path()) + " " + request.body();
        return UUID.nameUUIDFromBytes(asked.getBytes(StandardCharsets.UTF_8));
    }

    private Answer create(KindModel kind, Change change) {
        Optional<ObjectView> there = hook.existing(kind.name(), change);
        return there.map(object -> new Answer(200, SystemJson.object(object)))
                .orElseGet(() -> new Answer(201, SystemJson.object(created(kind.name(), change))));
    }

    private ObjectView created(String kind, Change change) {
        ObjectView object = system.create(kind, change);
        hook.created(kind, object);
        return object;
    }
}
