package io.masterdeal.app.send;

import io.masterdeal.app.replay.log.EventLogException;
import io.masterdeal.app.replay.log.LosslessJson;
import io.masterdeal.app.send.ToSend.Structured;
import io.masterdeal.app.send.ToSend.Unreadable;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A file of events, whose form is recognised by its beginning: a JSON array is a batch, a JSON object on one line begins JSON
 * lines, one on several lines is a single event, and anything else has to be headers. Gzip is recognised by its first two bytes.
 */
public final class EventFile {
    /** The largest file that is read as a whole, in bytes. */
    static final int MAX_BYTES = 64 << 20;

    /** The longest line that is read as an event, in bytes. */
    static final int MAX_LINE_BYTES = 1 << 20;

    /** Takes the content. */
    public interface Sink {
        /** Takes an event, or a part of the file that is not an event. */
        void take(ToSend next) throws InterruptedException;
    }

    private static final int BUFFER = 1 << 16;

    private final String name;
    private final InputStream in;

    /** Those before the first event. */
    private long blankLines;

    private EventFile(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Reads events.
     *
     * @param name the name of the file, for messages
     * @param raw its bytes, compressed or not; not closed
     * @param each takes the content in order
     * @throws EventLogException if it has no events, or is not a file of events
     */
    public static void read(String name, InputStream raw, Sink each) throws IOException, InterruptedException {
        InputStream in = new BufferedInputStream(raw, BUFFER);
        in.mark(2);
        boolean packed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        new EventFile(name, packed ? new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER) : in).read(each);
    }

    private void read(Sink each) throws IOException, InterruptedException {
        switch (first()) {
            case -1 -> throw new EventLogException(name + ": there is no event in it.");
            case '[' -> batch(each);
            case '{' -> objects(each);
            default -> each.take(BinaryMode.read(name, whole(new byte[0])));
        }
    }

    /** The first byte that is not blank, without consuming it; -1 if there is none. */
    private int first() throws IOException {
        while (true) {
            in.mark(3);
            int b = in.read();
            if (b == 0xEF && in.read() == 0xBB && in.read() == 0xBF) { // a byte order mark
                continue;
            }
            if (b == '\n') {
                blankLines++;
            }
            if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
                in.reset();
                return b;
            }
        }
    }

    private void batch(Sink each) throws IOException, InterruptedException {
        ArrayNode events;
        try {
            events = (ArrayNode) LosslessJson.parse(text(whole(new byte[0])));
        } catch (JacksonException e) {
            throw new EventLogException(
                    name + ": not JSON: " + e.getOriginalMessage() + lineOf(e) + ". Nothing of the batch was sent.");
        }
        if (events.isEmpty()) {
            throw new EventLogException(name + ": there is no event in it.");
        }
        for (int i = 0; i < events.size(); i++) {
            each.take(event("/" + i, events.get(i)));
        }
    }

    private void objects(Sink each) throws IOException, InterruptedException {
        byte[] first = line();
        if (first == null || first.length > MAX_LINE_BYTES || parsed(first) == null) {
            each.take(single(whole(first == null ? new byte[0] : first)));
            return;
        }
        // The first line waits for a second one: if there is none, messages need no line number.
        byte[] alone = first;
        long number = blankLines + 1;
        for (byte[] line = line(); line != null; line = line()) {
            number++;
            if (isBlank(line)) {
                continue;
            }
            if (alone != null) {
                each.take(one("line " + (blankLines + 1), alone));
                alone = null;
            }
            each.take(one("line " + number, line));
        }
        if (alone != null) {
            each.take(one("", alone));
        }
    }

    private static boolean isBlank(byte[] line) {
        return new String(line, StandardCharsets.UTF_8).isBlank();
    }

    private ToSend single(byte[] bytes) {
        try {
            return event("", LosslessJson.parse(text(bytes)));
        } catch (JacksonException e) {
            return new Unreadable("", "not JSON: " + e.getOriginalMessage() + lineOf(e));
        }
    }

    private ToSend one(String place, byte[] line) {
        if (line.length > MAX_LINE_BYTES) {
            return new Unreadable(place, "longer than " + MAX_LINE_BYTES + " bytes; an event is one line of JSON");
        }
        try {
            return event(place, LosslessJson.parse(text(line)));
        } catch (JacksonException e) {
            return new Unreadable(place, "not JSON: " + e.getOriginalMessage() + LosslessJson.columnOf(e));
        } catch (EventLogException e) {
            return new Unreadable(place, "not UTF-8; write the file in UTF-8");
        }
    }

    private static ToSend event(String place, JsonNode node) {
        return node instanceof ObjectNode event
                ? new Structured(place, event)
                : new Unreadable(place, "not a JSON object; each event is one");
    }

    private static @Nullable JsonNode parsed(byte[] line) {
        try {
            return LosslessJson.parse(new String(line, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            return null;
        }
    }

    /** The next line without its line end, cut if it is too long; null if there is none. */
    private byte @Nullable [] line() throws IOException {
        int b = in.read();
        if (b < 0) {
            return null;
        }
        var line = new ByteArrayOutputStream();
        for (; b >= 0 && b != '\n'; b = in.read()) {
            if (line.size() <= MAX_LINE_BYTES) {
                line.write(b);
            }
        }
        return line.toByteArray();
    }

    /** The rest of the file, after what was read already. */
    private byte[] whole(byte[] begin) throws IOException {
        var all = new ByteArrayOutputStream();
        if (begin.length > 0) {
            all.write(begin);
            all.write('\n');
        }
        all.write(in.readNBytes(MAX_BYTES + 1));
        if (all.size() > MAX_BYTES) {
            throw new EventLogException(
                    name + ": longer than " + MAX_BYTES + " bytes. Send many events as JSON lines, one a line.");
        }
        return all.toByteArray();
    }

    private String text(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new EventLogException(name + ": not UTF-8; write the file in UTF-8.");
        }
    }

    private static String lineOf(JacksonException e) {
        return e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr() + LosslessJson.columnOf(e);
    }
}
