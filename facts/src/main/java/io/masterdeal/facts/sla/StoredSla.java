package io.masterdeal.facts.sla;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Version;
import io.masterdeal.model.deal.RootAttributes;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.KeptClocks;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.model.sla.SlaState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The form in which {@link KeptSla} lies in {@code deals.sla_state}: a format number, then field after field, times in ms. */
public final class StoredSla {

    private static final int FORMAT = 1;

    private StoredSla() {}

    /** Writes it. */
    public static byte[] write(KeptSla kept) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            time(out, kept.dueAt());
            text(out, kept.client());
            out.writeInt(kept.clocks().size());
            for (ClockStatus clock : kept.clocks()) {
                clock(out, clock);
            }
            out.writeInt(kept.standing().size());
            for (Standing standing : kept.standing()) {
                standing(out, standing);
            }
            out.writeBoolean(kept.present() != null);
            if (kept.present() != null) {
                clocks(out, kept.present());
            }
            out.writeInt(kept.atCheckpoints().size());
            for (var each : kept.atCheckpoints().entrySet()) {
                out.writeLong(each.getKey().toEpochMilli());
                clocks(out, each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Not of memory.
        }
        return bytes.toByteArray();
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException if it is damaged, or of a format that this version does not know
     */
    public static KeptSla read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new IllegalArgumentException("kept clocks have format " + FORMAT + ", not " + format);
            }
            Instant dueAt = time(in);
            String client = text(in);
            List<ClockStatus> statuses = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                statuses.add(clock(in));
            }
            List<Standing> standing = new ArrayList<>();
            for (int i = in.readInt(); i > 0; i--) {
                standing.add(standing(in));
            }
            KeptClocks present = in.readBoolean() ? clocks(in) : null;
            SortedMap<Instant, KeptClocks> atCheckpoints = new TreeMap<>();
            for (int i = in.readInt(); i > 0; i--) {
                atCheckpoints.put(Instant.ofEpochMilli(in.readLong()), clocks(in));
            }
            return new KeptSla(statuses, dueAt, client, standing, present, atCheckpoints);
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("kept clocks of " + bytes.length + " bytes are damaged", e);
        }
    }

    private static void clock(DataOutputStream out, ClockStatus clock) throws IOException {
        out.writeUTF(clock.policy());
        text(out, clock.object() == null ? null : clock.object().value());
        out.writeInt(clock.cycle());
        out.writeBoolean(clock.endToEnd());
        out.writeUTF(clock.domain());
        out.writeUTF(clock.state().name());
        out.writeUTF(clock.segment());
        text(out, clock.calendar());
        out.writeLong(clock.target());
        time(out, clock.startedAt());
        time(out, clock.stoppedAt());
        time(out, clock.cancelledAt());
        out.writeLong(clock.spent() == null ? -1 : clock.spent());
        time(out, clock.dueAt());
        text(out, clock.noDue() == null ? null : clock.noDue().name());
        out.writeInt(clock.warnings().size());
        for (SlaReport.Warning warning : clock.warnings()) {
            out.writeInt(warning.percent());
            time(out, warning.at());
        }
        time(out, clock.breachedAt());
    }

    private static ClockStatus clock(DataInputStream in) throws IOException {
        String policy = in.readUTF();
        ObjectKey object = key(in);
        int cycle = in.readInt();
        boolean endToEnd = in.readBoolean();
        String domain = in.readUTF();
        SlaState state = SlaState.valueOf(in.readUTF());
        String segment = in.readUTF();
        String calendar = text(in);
        long target = in.readLong();
        Instant startedAt = Instant.ofEpochMilli(in.readLong());
        Instant stoppedAt = time(in);
        Instant cancelledAt = time(in);
        long spent = in.readLong();
        Instant dueAt = time(in);
        String noDue = text(in);
        List<SlaReport.Warning> warnings = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            warnings.add(new SlaReport.Warning(in.readInt(), Instant.ofEpochMilli(in.readLong())));
        }
        return new ClockStatus(
                policy,
                object,
                cycle,
                endToEnd,
                domain,
                state,
                segment,
                calendar,
                target,
                startedAt,
                stoppedAt,
                cancelledAt,
                spent < 0 ? null : Long.valueOf(spent),
                dueAt,
                noDue == null ? null : SlaReport.NoDue.valueOf(noDue),
                warnings,
                time(in));
    }

    private static void standing(DataOutputStream out, Standing standing) throws IOException {
        Mark mark = standing.mark();
        out.writeUTF(mark.policy());
        out.writeUTF(mark.object());
        time(out, mark.startedAt());
        out.writeUTF(mark.kind().text());
        out.writeInt(mark.percent());
        time(out, standing.at());
        text(out, standing.reason());
        out.writeBoolean(standing.isFinal());
        out.writeLong(standing.revision());
        out.writeBoolean(standing.task() != null);
        if (standing.task() != null) {
            uuid(out, standing.task());
        }
    }

    private static Standing standing(DataInputStream in) throws IOException {
        Mark mark = new Mark(
                in.readUTF(),
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                Mark.Kind.of(in.readUTF()),
                in.readInt());
        return new Standing(
                mark,
                Instant.ofEpochMilli(in.readLong()),
                text(in),
                in.readBoolean(),
                in.readLong(),
                in.readBoolean() ? uuid(in) : null);
    }

    private static void clocks(DataOutputStream out, KeptClocks kept) throws IOException {
        out.writeBoolean(kept.anyInstant());
        out.writeInt(kept.clocks().size());
        for (KeptClocks.Kept clock : kept.clocks()) {
            out.writeUTF(clock.policy());
            text(out, clock.object() == null ? null : clock.object().value());
            out.writeBoolean(clock.startHeld());
            out.writeBoolean(clock.stopHeld());
            out.writeInt(clock.ended());
            KeptClocks.Cycle last = clock.last();
            out.writeBoolean(last != null);
            if (last != null) {
                out.writeLong(last.startedAt());
                out.writeInt(last.segment());
                out.writeInt(last.off().size());
                for (KeptClocks.Span span : last.off()) {
                    out.writeLong(span.from());
                    out.writeLong(span.to());
                }
                out.writeLong(last.stoppedAt());
                out.writeLong(last.cancelledAt());
                out.writeBoolean(last.endedPaused());
            }
        }
        out.writeInt(kept.attributes().size());
        for (RootAttributes.Attribute attribute : kept.attributes()) {
            out.writeUTF(attribute.name());
            text(out, attribute.value());
            Version version = attribute.version();
            out.writeBoolean(version.sequence() != null);
            if (version.sequence() != null) {
                out.writeLong(version.sequence());
            }
            time(out, version.occurredAt());
            uuid(out, version.eventId());
        }
    }

    private static KeptClocks clocks(DataInputStream in) throws IOException {
        boolean anyInstant = in.readBoolean();
        List<KeptClocks.Kept> clocks = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            clocks.add(new KeptClocks.Kept(
                    in.readUTF(),
                    key(in),
                    in.readBoolean(),
                    in.readBoolean(),
                    in.readInt(),
                    in.readBoolean() ? cycle(in) : null));
        }
        List<RootAttributes.Attribute> attributes = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            String name = in.readUTF();
            String value = text(in);
            @Nullable Long sequence = in.readBoolean() ? in.readLong() : null;
            attributes.add(new RootAttributes.Attribute(
                    name,
                    value == null ? "" : value,
                    new Version(sequence, Instant.ofEpochMilli(in.readLong()), uuid(in))));
        }
        return new KeptClocks(clocks, attributes, anyInstant);
    }

    private static KeptClocks.Cycle cycle(DataInputStream in) throws IOException {
        long startedAt = in.readLong();
        int segment = in.readInt();
        List<KeptClocks.Span> off = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
            off.add(new KeptClocks.Span(in.readLong(), in.readLong()));
        }
        return new KeptClocks.Cycle(startedAt, segment, off, in.readLong(), in.readLong(), in.readBoolean());
    }

    private static @Nullable ObjectKey key(DataInputStream in) throws IOException {
        String text = text(in);
        return text == null ? null : new ObjectKey(text);
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text == null ? -1 : bytes.length);
        out.write(bytes);
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static void time(DataOutputStream out, @Nullable Instant at) throws IOException {
        out.writeLong(at == null ? Long.MIN_VALUE : at.toEpochMilli());
    }

    private static @Nullable Instant time(DataInputStream in) throws IOException {
        long at = in.readLong();
        return at == Long.MIN_VALUE ? null : Instant.ofEpochMilli(at);
    }

    private static void uuid(DataOutputStream out, UUID id) throws IOException {
        out.writeLong(id.getMostSignificantBits());
        out.writeLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(DataInputStream in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
