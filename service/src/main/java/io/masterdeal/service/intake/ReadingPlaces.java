package io.masterdeal.service.intake;

import io.masterdeal.service.intake.InputPositions.Place;
import io.masterdeal.service.intake.InputPositions.Step;
import io.masterdeal.service.intake.IntakeIncidents.Kind;
import io.masterdeal.service.intake.TopicLook.Extent;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this process continues in each partition: at PostgreSQL's position, not at Kafka's committed offset. A partition for
 * which PostgreSQL and Kafka do not match, so that records would be skipped silently, is held until an operator decides.
 *
 * <p>For the intake's thread.
 */
final class ReadingPlaces {

    private static final Logger log = LoggerFactory.getLogger(ReadingPlaces.class);

    /** How often to check whether an operator has decided something, or a topic was created again. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final String DECIDE = "Decide where to go on: ./masterdeal intake resume --topic %s --partition %d"
            + " --from first (docs/recover.md, \"The intake waits for a decision\").";

    private final InputPositions positions;

    private final IntakeIncidents incidents;

    private final TopicLook look;

    private final List<String> topics;

    private final IntakeMeters meters;

    /** PostgreSQL's positions, as far as this process knows, of partitions that it reads. */
    private final Map<TopicPartition, Place> places = new HashMap<>();

    /** Partitions that are not read, each with PostgreSQL's position and the reason. */
    private final Map<TopicPartition, Held> held = new HashMap<>();

    /** How far this process itself has stored partitions: PostgreSQL had these positions once. */
    private final Map<TopicPartition, Long> reached = new HashMap<>();

    /** The offset from which on Kafka has lost records, as this process was told. */
    private final Map<TopicPartition, Long> cutOff = new HashMap<>();

    private long looked = System.nanoTime();

    /**
     * @param positions PostgreSQL's positions
     * @param incidents gets mismatches
     * @param look asks Kafka
     * @param topics all topics the intake reads
     * @param meters gets what is held
     */
    ReadingPlaces(
            InputPositions positions,
            IntakeIncidents incidents,
            TopicLook look,
            Collection<String> topics,
            IntakeMeters meters) {
        this.positions = positions;
        this.incidents = incidents;
        this.look = look;
        this.topics = List.copyOf(topics);
        this.meters = meters;
    }

    private record Held(@Nullable Place place, String why) {}

    /** Asks Kafka for committed offsets; partitions without one are missing, or null. */
    @FunctionalInterface
    interface Committed {
        Map<TopicPartition, OffsetAndMetadata> of(Set<TopicPartition> partitions);
    }

    /**
     * Finds where to read partitions from now on.
     *
     * @return the offset to begin with, for those that are read; the others are held
     */
    Map<TopicPartition, Long> place(Collection<TopicPartition> partitions, Committed kafka)
            throws ExecutionException, InterruptedException {
        forget(partitions);
        try {
            // In this order each is ahead of the previous one, whatever other processes do meanwhile.
            Map<TopicPartition, OffsetAndMetadata> committed = kafka.of(new HashSet<>(partitions));
            Map<TopicPartition, Place> stored = positions.all();
            if (stored.isEmpty() && positions.hasFacts()) {
                stored = adopt(look.at(topics), kafka);
            }
            Map<TopicPartition, Extent> extents =
                    look.at(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet()));
            positions.forgetOldParts();
            Map<TopicPartition, Place> begun = new HashMap<>();
            Map<TopicPartition, String> open = incidents.open();
            for (TopicPartition partition : partitions) {
                Extent extent = extents.get(partition);
                if (extent == null) {
                    throw new IllegalStateException(partition + " is assigned, but Kafka does not know it");
                }
                Place place = stored.get(partition);
                if (place == null) {
                    place = new Place(extent.topicId(), extent.first(), 0, false);
                    begun.put(partition, place);
                }
                String why = open.get(partition);
                if (why == null) {
                    judge(partition, place, extent, offset(committed.get(partition)));
                } else {
                    // Whatever it looks like by now: a topic that was too short may have grown, for example.
                    held.put(partition, new Held(place, partition + ": " + why));
                }
            }
            if (!begun.isEmpty()) {
                positions.add(begun);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not say where to read: " + e.getMessage(), e);
        }
        meters.held(reasons());
        Map<TopicPartition, Long> begin = new HashMap<>();
        for (TopicPartition partition : partitions) {
            Place place = places.get(partition);
            if (place != null) {
                begin.put(partition, place.next());
            }
        }
        return begin;
    }

    /**
     * The first start that uses positions: Kafka knows how far the store is. For all partitions at once, since other processes
     * may read some of them.
     */
    private Map<TopicPartition, Place> adopt(Map<TopicPartition, Extent> extents, Committed kafka) throws SQLException {
        Map<TopicPartition, Place> adopted = new HashMap<>();
        kafka.of(extents.keySet()).forEach((partition, offset) -> {
            Extent extent = extents.get(partition);
            if (extent != null && offset != null) {
                adopted.put(partition, new Place(extent.topicId(), offset.offset(), 0, false));
            }
        });
        log.info(
                "the positions of the intake are those that Kafka has committed, for PostgreSQL has none yet: {}",
                adopted);
        return positions.add(adopted);
    }

    private static long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }

    private void judge(TopicPartition partition, Place place, Extent extent, long committed) throws SQLException {
        long next = place.next();
        if (!place.topicId().equals(extent.topicId())) {
            hold(
                    partition,
                    place,
                    Kind.ANOTHER_TOPIC,
                    "the topic was deleted and made anew: it was taken in up to offset " + next + " of id "
                            + place.topicId() + ", and has id " + extent.topicId() + " and offsets "
                            + extent.first() + " to " + (extent.end() - 1) + " now.");
            return;
        }
        Long cut = cutOff.remove(partition);
        if (cut != null && cut < next) {
            hold(
                    partition,
                    place,
                    Kind.TOPIC_TOO_SHORT,
                    "it was taken in up to offset " + next + ", but Kafka has lost what it had from offset " + cut
                            + " on, and may have other records there now.");
            return;
        }
        if (next > extent.end()) {
            hold(
                    partition,
                    place,
                    Kind.TOPIC_TOO_SHORT,
                    "it was taken in up to offset " + next + ", but the topic ends at " + extent.end()
                            + ": Kafka has lost records, or is an older copy.");
            return;
        }
        long reachedBefore = place.decided() ? 0 : Math.max(committed, reached.getOrDefault(partition, 0L));
        if (reachedBefore > next) {
            incidents.tell(
                    partition,
                    Kind.STORE_BEHIND,
                    "offsets " + next + " to " + (reachedBefore - 1)
                            + " were taken in, but PostgreSQL has not got them: it went back in time.",
                    "They are read again. Find out why, and look at docs/recover.md, \"PostgreSQL went back in time\".",
                    next,
                    reachedBefore);
        }
        if (next < extent.first()) {
            hold(
                    partition,
                    place,
                    Kind.RECORDS_LOST,
                    "Kafka has deleted offsets " + next + " to " + (extent.first() - 1)
                            + " before they were taken in: up to " + (extent.first() - next) + " records are lost.");
            return;
        }
        reached.remove(partition);
        places.put(partition, place);
    }

    private void hold(TopicPartition partition, Place place, Kind kind, String what) throws SQLException {
        incidents.tell(partition, kind, what, DECIDE.formatted(partition.topic(), partition.partition()));
        held.put(partition, new Held(place, partition + ": " + what));
    }

    private Collection<String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        held.forEach((partition, it) -> reasons.put(partition.toString(), it.why()));
        return reasons.values();
    }

    /** PostgreSQL's positions before and after a batch, only of partitions that are read. */
    Map<TopicPartition, Step> steps(Map<TopicPartition, OffsetAndMetadata> offsets) {
        Map<TopicPartition, Step> steps = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            Place place = places.get(partition);
            if (place != null && offset.offset() > place.next()) {
                steps.put(partition, new Step(place, offset.offset()));
            }
        });
        return steps;
    }

    /** Called when a batch is stored. Partitions that other processes took over meanwhile are ignored. */
    void stored(Map<TopicPartition, Step> steps) {
        steps.forEach((partition, step) -> {
            if (step.from().equals(places.get(partition))) {
                places.put(partition, step.from().at(step.next()));
            }
            reached.merge(partition, step.next(), Math::max);
        });
    }

    /**
     * Called when Kafka has lost records that it had acknowledged, and has perhaps written others, as an unclean election does.
     *
     * @param from the first offset concerned, of each partition
     */
    void cutOff(Map<TopicPartition, Long> from) {
        cutOff.putAll(from);
    }

    /** Forgets partitions that other processes read, or that have to be positioned again. */
    void forget(Collection<TopicPartition> partitions) {
        places.keySet().removeAll(partitions);
        held.keySet().removeAll(partitions);
        meters.held(reasons());
    }

    /** Forgets all partitions, because a new consumer has none yet. */
    void forgetAll() {
        places.clear();
        held.clear();
        meters.held(List.of());
    }

    /**
     * Checks at intervals whether partitions have to be positioned again: an operator has decided, PostgreSQL went back in time,
     * or a topic was created again.
     *
     * @return those partitions; usually none
     */
    Set<TopicPartition> moved() throws InterruptedException {
        Set<TopicPartition> moved = new HashSet<>();
        if (System.nanoTime() - looked < LOOK_NANOS) {
            return moved;
        }
        try {
            Map<TopicPartition, Place> stored = positions.all();
            Map<String, String> ids =
                    look.ids(places.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet()));
            places.forEach((partition, place) -> {
                if (hasMoved(place, stored.get(partition)) || !place.topicId().equals(ids.get(partition.topic()))) {
                    moved.add(partition);
                }
            });
            held.forEach((partition, it) -> {
                Place now = stored.get(partition);
                if (now != null && !now.equals(it.place())) {
                    moved.add(partition);
                }
            });
        } catch (SQLException | ExecutionException | IllegalStateException e) {
            log.debug("nobody says whether partitions moved: {}", e.toString());
        }
        looked = System.nanoTime();
        return moved;
    }

    private static boolean hasMoved(Place known, @Nullable Place now) {
        return now == null
                || now.next() < known.next()
                || now.decisions() != known.decisions()
                || !Objects.equals(now.topicId(), known.topicId());
    }
}
