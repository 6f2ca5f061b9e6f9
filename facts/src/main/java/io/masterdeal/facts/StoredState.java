package io.masterdeal.facts;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Version;
import io.masterdeal.model.deal.Checkpoint;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.Direction;
import io.masterdeal.model.deal.TimelineStep;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the state of a deal lies in {@code deals.state}: a format number, then the fields of {@link DealState} one
 * after the other, times in ms, texts in UTF-8 behind their length. It is written for every event and read for nearly every
 * one, so it is small: about a fifth of the same in JSON. A state with checkpoints has them after that, and another format
 * number: for each one, what differs from the present.
 */
public final class StoredState {

    private static final byte FORMAT = 1;

    private static final byte FORMAT_WITH_CHECKPOINTS = 2;

    private static final byte BACKWARD = 0;

    private static final byte FORWARD = 1;

    private static final long NO_INSTANT = Long.MIN_VALUE;

    private StoredState() {}

    /**
     * Reads a state.
     *
     * @param bytes what lies in the column
     * @throws IllegalArgumentException if it is damaged, or of a format that this version does not know
     */
    public static DealState read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            byte format = in.get();
            return switch (format) {
                case FORMAT -> state(in);
                case FORMAT_WITH_CHECKPOINTS -> withCheckpoints(state(in), in);
                default ->
                    throw new IllegalArgumentException(
                            "a state has format " + FORMAT + " or " + FORMAT_WITH_CHECKPOINTS + ", not " + format);
            };
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("a state of " + bytes.length + " bytes is damaged", e);
        }
    }

    /** The objects of a deal with their current statuses, null for one without. */
    public static SortedMap<ObjectKey, @Nullable String> objects(DealState state) {
        SortedMap<ObjectKey, @Nullable String> objects = new TreeMap<>();
        state.members().keySet().forEach(key -> {
            CurrentStatus current = state.current().get(key);
            objects.put(key, current == null ? null : current.status());
        });
        return objects;
    }

    private static DealState state(ByteBuffer in) {
        int facts = in.getInt();
        long last = in.getLong();
        SortedMap<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        Map<ObjectKey, CurrentStatus> current = new HashMap<>();
        for (int i = in.getInt(); i > 0; i--) {
            ObjectKey key = new ObjectKey(text(in));
            Set<ObjectKey> parents = new HashSet<>();
            for (int j = in.getInt(); j > 0; j--) {
                parents.add(new ObjectKey(text(in)));
            }
            members.put(key, parents);
            if (in.get() != 0) {
                current.put(key, new CurrentStatus(text(in), version(in)));
            }
        }
        Map<String, Version> ever = ever(in);
        List<TimelineStep> timeline = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            timeline.add(step(in));
        }
        @Nullable Instant lastInstant = last == NO_INSTANT ? null : Instant.ofEpochMilli(last);
        return new DealState(facts, lastInstant, members, current, ever, timeline);
    }

    private static Map<String, Version> ever(ByteBuffer in) {
        Map<String, Version> ever = new HashMap<>();
        for (int i = in.getInt(); i > 0; i--) {
            ever.put(text(in), version(in));
        }
        return ever;
    }

    private static DealState withCheckpoints(DealState state, ByteBuffer in) {
        List<ObjectKey> keys = List.copyOf(state.members().keySet());
        List<Checkpoint> checkpoints = new ArrayList<>();
        for (int i = in.getInt(); i > 0; i--) {
            Instant at = Instant.ofEpochMilli(in.getLong());
            int facts = in.getInt();
            int steps = in.getInt();
            Map<ObjectKey, CurrentStatus> current = new HashMap<>(state.current());
            for (int j = in.getInt(); j > 0; j--) {
                ObjectKey key = keys.get(in.getInt());
                if (in.get() == 0) {
                    current.remove(key);
                } else {
                    current.put(key, new CurrentStatus(text(in), version(in)));
                }
            }
            checkpoints.add(new Checkpoint(at, facts, current, ever(in), steps));
        }
        return new DealState(
                state.facts(),
                state.lastInstant(),
                state.members(),
                state.current(),
                state.ever(),
                state.timeline(),
                checkpoints);
    }

    private static TimelineStep step(ByteBuffer in) {
        String stage = text(in);
        Instant effectiveAt = Instant.ofEpochMilli(in.getLong());
        Direction direction = in.get() == FORWARD ? Direction.FORWARD : Direction.BACKWARD;
        List<UUID> evidence = new ArrayList<>();
        for (int j = in.getInt(); j > 0; j--) {
            evidence.add(uuid(in));
        }
        return new TimelineStep(stage, effectiveAt, direction, evidence);
    }

    private static Version version(ByteBuffer in) {
        @Nullable Long sequence = in.get() == 0 ? null : in.getLong();
        return new Version(sequence, Instant.ofEpochMilli(in.getLong()), uuid(in));
    }

    private static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    /** Writes a state. */
    public static byte[] write(DealState state) {
        Bytes out = new Bytes(1024);
        out.put(state.checkpoints().isEmpty() ? FORMAT : FORMAT_WITH_CHECKPOINTS);
        out.putInt(state.facts());
        out.putLong(
                state.lastInstant() == null ? NO_INSTANT : state.lastInstant().toEpochMilli());
        out.putInt(state.members().size());
        state.members().forEach((key, parents) -> {
            out.putText(key.value());
            out.putInt(parents.size());
            parents.forEach(parent -> out.putText(parent.value()));
            current(out, state.current().get(key));
        });
        ever(out, state.ever());
        out.putInt(state.timeline().size());
        state.timeline().forEach(step -> {
            out.putText(step.stage());
            out.putLong(step.effectiveAt().toEpochMilli());
            out.put(step.direction() == Direction.FORWARD ? FORWARD : BACKWARD);
            out.putInt(step.evidence().size());
            step.evidence().forEach(id -> uuid(out, id));
        });
        if (!state.checkpoints().isEmpty()) {
            checkpoints(out, state);
        }
        return out.toArray();
    }

    private static void checkpoints(Bytes out, DealState state) {
        List<ObjectKey> keys = List.copyOf(state.members().keySet());
        out.putInt(state.checkpoints().size());
        for (Checkpoint checkpoint : state.checkpoints()) {
            out.putLong(checkpoint.at().toEpochMilli());
            out.putInt(checkpoint.facts());
            out.putInt(checkpoint.steps());
            List<Integer> other = new ArrayList<>();
            for (int i = 0; i < keys.size(); i++) {
                ObjectKey key = keys.get(i);
                if (!Objects.equals(
                        checkpoint.current().get(key), state.current().get(key))) {
                    other.add(i);
                }
            }
            out.putInt(other.size());
            other.forEach(i -> {
                out.putInt(i);
                current(out, checkpoint.current().get(keys.get(i)));
            });
            ever(out, checkpoint.ever());
        }
    }

    private static void current(Bytes out, @Nullable CurrentStatus current) {
        out.put((byte) (current == null ? 0 : 1));
        if (current != null) {
            out.putText(current.status());
            version(out, current.version());
        }
    }

    private static void ever(Bytes out, Map<String, Version> ever) {
        out.putInt(ever.size());
        ever.forEach((status, version) -> {
            out.putText(status);
            version(out, version);
        });
    }

    private static void version(Bytes out, Version version) {
        out.put((byte) (version.sequence() == null ? 0 : 1));
        if (version.sequence() != null) {
            out.putLong(version.sequence());
        }
        out.putLong(version.occurredAt().toEpochMilli());
        uuid(out, version.eventId());
    }

    private static void uuid(Bytes out, UUID id) {
        out.putLong(id.getMostSignificantBits());
        out.putLong(id.getLeastSignificantBits());
    }

    /** Bytes that grow. */
    private static final class Bytes {

        private ByteBuffer buffer;

        Bytes(int size) {
            buffer = ByteBuffer.allocate(size);
        }

        private ByteBuffer room(int bytes) {
            if (buffer.remaining() < bytes) {
                buffer = ByteBuffer.allocate(Math.max(2 * buffer.capacity(), buffer.position() + bytes))
                        .put(buffer.flip());
            }
            return buffer;
        }

        void put(byte value) {
            room(Byte.BYTES).put(value);
        }

        void putInt(int value) {
            room(Integer.BYTES).putInt(value);
        }

        void putLong(long value) {
            room(Long.BYTES).putLong(value);
        }

        void putText(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
        }

        byte[] toArray() {
            byte[] bytes = new byte[buffer.position()];
            buffer.get(0, bytes);
            return bytes;
        }
    }
}
