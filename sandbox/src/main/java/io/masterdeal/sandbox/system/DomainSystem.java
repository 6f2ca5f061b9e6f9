package io.masterdeal.sandbox.system;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.contracts.event.SubjectKey;
import io.masterdeal.contracts.event.Violation;
import io.masterdeal.sandbox.system.KindModel.Transition;
import io.masterdeal.sandbox.system.StoredObject.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A simulated system: its objects, and changes to them by the rules of its {@link SystemModel}.
 *
 * <p>A change and its event are atomic: both happen, or neither. No method blocks. Thread-safe.
 */
public final class DomainSystem {
    /** The most changes an object can have. */
    public static final int MOST_CHANGES = 1000;

    private final SystemModel model;
    private final EventWriter writer;
    private final Clock clock;
    private final Outbox outbox;

    private final Map<String, StoredObject> objects = new HashMap<>();
    private final Map<String, TreeMap<Long, StoredObject>> changes = new HashMap<>();
    private final Map<String, Set<String>> stories = new LinkedHashMap<>();
    private final Map<String, Set<String>> byLink = new HashMap<>();
    private long changeCount;
    private Instant lastChange = Instant.EPOCH;

    /**
     * Creates a system without objects.
     *
     * @param model its declaration
     * @param catalog the known event types
     * @param clock gives the times of events
     * @param outbox takes the events
     */
    public DomainSystem(SystemModel model, EventCatalog catalog, Clock clock, Outbox outbox) {
        this.model = model;
        this.writer = new EventWriter(catalog);
        this.clock = clock;
        this.outbox = outbox;
        model.kinds().forEach(kind -> kind.transitions().forEach(transition -> writer.type(transition.type())));
    }

    /**
     * The declaration of the system.
     *
     * @return its declaration
     */
    public SystemModel model() {
        return model;
    }

    /**
     * Creates an object.
     *
     * @param kindName such as {@code deal}
     * @param change its id, links and attributes
     * @return the object
     * @throws Refusal if there is already one with this id, or the content is invalid
     */
    public synchronized ObjectView create(String kindName, Change change) {
        KindModel kind = model.kind(kindName);
        String stem = model.domain() + ":" + kind.name() + ":";
        String id = change.id() != null
                ? change.id()
                : ObjectIds.next(
                        kind.prefix(), change.links(), objects.size() + 1L, taken -> objects.containsKey(stem + taken));
        if (objects.containsKey(stem + id)) {
            throw Refusal.conflict("There is a " + kind.name() + " with the id \"" + id + "\" already.");
        }
        String correlationId = change.context().correlationId();
        var object = new StoredObject(
                kind, stem + id, correlationId == null ? UUID.randomUUID().toString() : correlationId);
        perform(object, kind.creation(), change, List.of());
        objects.put(object.key(), object);
        stories.computeIfAbsent(object.correlationId(), story -> new LinkedHashSet<>(4))
                .add(object.key());
        return object.view(model.domain());
    }

    /**
     * Performs an action on an object.
     *
     * @param kindName such as {@code deal}
     * @param id its id
     * @param action such as {@code sign}
     * @param change links and attributes to add
     * @return the changed object
     * @throws Refusal if there is no such object or action, it is not possible now, or the content is invalid
     */
    public synchronized ObjectView act(String kindName, String id, String action, Change change) {
        StoredObject object = stored(kindName, id);
        perform(object, object.transition(action), change, List.of());
        return object.view(model.domain());
    }

    /**
     * Retracts events of an object; its state is derived again from the remaining ones.
     *
     * @param kindName such as {@code deal}
     * @param id its id
     * @param events ids of events of its history, at least one
     * @param change has the reason in its attributes; its links are ignored
     * @return the changed object
     * @throws Refusal if there is no such object, or an event does not belong to it or was retracted before
     */
    public synchronized ObjectView retract(String kindName, String id, List<String> events, Change change) {
        StoredObject object = stored(kindName, id);
        var errors = new ArrayList<Violation>();
        for (int i = 0; i < events.size(); i++) {
            if (!object.canRetract(events.get(i))) {
                errors.add(new Violation("/retracts/" + i, "is no event of " + object.key() + " that still counts"));
            }
        }
        if (events.isEmpty()) {
            errors.add(new Violation("/retracts", "must name one event at least"));
        }
        if (!errors.isEmpty()) {
            throw Refusal.invalid(errors);
        }
        var retraction = new Transition("retract", Set.of(), null, model.domain() + ".event.retracted");
        perform(object, retraction, change.with(List.of()), events);
        return object.view(model.domain());
    }

    /**
     * Finds an object.
     *
     * @param kindName such as {@code deal}
     * @param id its id
     * @return the object, empty if there is none
     */
    public synchronized Optional<ObjectView> find(String kindName, String id) {
        return Optional.ofNullable(objects.get(key(kindName, id))).map(object -> object.view(model.domain()));
    }

    /**
     * Finds objects that are linked to another one.
     *
     * @param kindName such as {@code mediaplan}
     * @param link key of the other, such as {@code crm:deal:D-1}
     * @return the objects, oldest first
     */
    public synchronized List<ObjectView> linkedTo(String kindName, String link) {
        return views(kindName, byLink.getOrDefault(link, Set.of()))
                .filter(object -> object.links().contains(link))
                .toList();
    }

    /**
     * Finds objects of a story.
     *
     * @param kindName such as {@code mediaplan}
     * @param correlationId of the story
     * @return the objects, oldest first
     */
    public synchronized List<ObjectView> ofStory(String kindName, String correlationId) {
        return views(kindName, stories.getOrDefault(correlationId, Set.of())).toList();
    }

    /**
     * Lists objects in the order of their last change. An object that changes during paging appears again at the end.
     *
     * @param kindName such as {@code deal}
     * @param since only objects changed then or later; null for all
     * @param after number after which the page starts; 0 for the first page
     * @param limit maximum number of objects
     * @return the page
     */
    public synchronized ResultPage<ObjectView> list(String kindName, @Nullable Instant since, long after, int limit) {
        TreeMap<Long, StoredObject> ofKind =
                changes.getOrDefault(model.kind(kindName).name(), new TreeMap<>());
        List<StoredObject> found = ofKind.tailMap(after, false).values().stream()
                .filter(object -> since == null || !lastChangeOf(object).isBefore(since))
                .limit(limit + 1L)
                .toList();
        ResultPage<StoredObject> page = ResultPage.of(found, limit, StoredObject::change);
        return new ResultPage<>(
                page.items().stream().map(object -> object.view(model.domain())).toList(), page.next());
    }

    /**
     * Counts the objects with an attribute by their status.
     *
     * @param kindName such as {@code task}
     * @param attribute its name
     * @param value its value
     * @return how many objects there are in each status in which there is any
     */
    public synchronized Map<String, Long> statuses(String kindName, String attribute, String value) {
        var counts = new TreeMap<String, Long>();
        for (StoredObject object : changes.getOrDefault(model.kind(kindName).name(), new TreeMap<>())
                .values()) {
            if (value.equals(object.attributes().get(attribute))) {
                counts.merge(object.status(), 1L, Long::sum);
            }
        }
        return counts;
    }

    /**
     * The history of an object, oldest first.
     *
     * @param kindName such as {@code deal}
     * @param id its id
     * @return its history
     * @throws Refusal if there is no such object
     */
    public synchronized List<HistoryItem> history(String kindName, String id) {
        return stored(kindName, id).history();
    }

    /**
     * Deletes all objects of a story.
     *
     * @param correlationId of the story
     */
    public synchronized void forget(String correlationId) {
        for (String key : Optional.ofNullable(stories.remove(correlationId)).orElse(new HashSet<>())) {
            StoredObject object = objects.remove(key);
            if (object != null) {
                changesOf(object).remove(object.change());
                object.links()
                        .forEach(link -> byLink.computeIfPresent(
                                link,
                                (parent, children) -> children.remove(key) && children.isEmpty() ? null : children));
            }
        }
    }

    /**
     * Deletes the oldest stories that are not running, if there are too many objects.
     *
     * @param keep how many objects there may be
     * @param inPlay whether a story is still running, by its correlation id
     */
    public synchronized void forgetOldest(int keep, Predicate<String> inPlay) {
        int surplus = objects.size() - keep;
        if (surplus <= 0) {
            return;
        }
        var forgotten = new ArrayList<String>();
        for (Map.Entry<String, Set<String>> story : stories.entrySet()) {
            if (surplus > 0 && !inPlay.test(story.getKey())) {
                forgotten.add(story.getKey());
                surplus -= story.getValue().size();
            }
        }
        forgotten.forEach(this::forget);
    }

    /**
     * The number of objects.
     *
     * @return objects of all kinds
     */
    public synchronized int size() {
        return objects.size();
    }

    private Stream<ObjectView> views(String kindName, Set<String> keys) {
        return keys.stream()
                .map(objects::get)
                .filter(Objects::nonNull)
                .filter(object -> object.kind().name().equals(kindName))
                .map(object -> object.view(model.domain()));
    }

    private void perform(StoredObject object, Transition transition, Change change, List<String> retracts) {
        if (object.version() >= MOST_CHANGES) {
            throw Refusal.conflict(object.key() + " has had " + MOST_CHANGES + " changes and can have no more.");
        }
        var links = new LinkedHashSet<>(object.links());
        links.addAll(change.links());
        Instant at = nextTime(object);
        EventType type = writer.type(transition.type());
        Long sequence = object.kind().sequenced() && retracts.isEmpty() ? Long.valueOf(object.version() + 1) : null;
        UUID id = UUID.randomUUID();
        String correlationId = change.context().correlationId() == null
                ? object.correlationId()
                : change.context().correlationId();
        List<String> told = retracts.isEmpty() ? List.copyOf(links) : List.of();
        EventWriter.Written event = writer.write(
                new EventWriter.Frame(id, type, object.key(), at, sequence),
                object.attributes(),
                change,
                told,
                correlationId,
                retracts);
        lastChange = at;
        changesOf(object).remove(object.change());
        object.add(
                new Entry(
                        id,
                        type.name(),
                        type.status(),
                        transition.to(),
                        at,
                        sequence,
                        told,
                        change.attributes(),
                        event.told(),
                        List.copyOf(retracts)),
                ++changeCount);
        changesOf(object).put(object.change(), object);
        told.forEach(link ->
                byLink.computeIfAbsent(link, parent -> new LinkedHashSet<>(4)).add(object.key()));
        outbox.emit(new Emission(model.domain(), id, correlationId, event.json(), hold(change)));
    }

    /** Events of an object have different times, because without a sequence the time is the version. */
    private Instant nextTime(StoredObject object) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant at = now.isBefore(lastChange) ? lastChange : now;
        Instant last = object.lastChangeAt();
        return last != null && !at.isAfter(last) ? last.plusMillis(1) : at;
    }

    private static Duration hold(Change change) {
        return change.hold().isNegative() ? Duration.ZERO : change.hold();
    }

    private static Instant lastChangeOf(StoredObject object) {
        Instant at = object.lastChangeAt();
        return at == null ? Instant.EPOCH : at;
    }

    private NavigableMap<Long, StoredObject> changesOf(StoredObject object) {
        return changes.computeIfAbsent(object.kind().name(), kind -> new TreeMap<>());
    }

    private StoredObject stored(String kindName, String id) {
        StoredObject object = objects.get(key(kindName, id));
        if (object == null) {
            throw Refusal.notFound("There is no " + kindName + " with the id \"" + id + "\".");
        }
        return object;
    }

    private String key(String kindName, String id) {
        return model.domain() + ":" + model.kind(kindName).name() + ":" + id;
    }

    /**
     * Whether a text is a valid key of an object.
     *
     * @param key any text
     * @return true if it is
     */
    public static boolean isKey(String key) {
        try {
            SubjectKey.parse(key);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
