package io.masterdeal.gateway.events;

import io.masterdeal.contracts.event.Violation;
import io.masterdeal.contracts.text.Utf8;
import io.masterdeal.gateway.http.ProblemType;
import io.masterdeal.gateway.http.RefusedRequestException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Splits a batch into its items, as bytes. Each is then read separately, so that a fault in one (a duplicate name, say) does not
 * affect the others.
 */
final class BatchSplitter {
    /** The most events a batch may have. */
    static final int MAX_EVENTS = 1000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(500).build())
            .build();

    private BatchSplitter() {}

    /**
     * Splits a batch.
     *
     * @param body a JSON array in UTF-8; bytes in the texts of an item that are not UTF-8 are left to the reader of the item
     * @return its items
     * @throws RefusedRequestException if it is not such an array or has too many items
     */
    static List<byte[]> split(byte[] body) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), readable(body))) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new RefusedRequestException(
                        ProblemType.NOT_CLOUDEVENTS,
                        "A batch is a JSON array of events. Send a single event as application/cloudevents+json.",
                        List.of(new Violation("", "must be an array")));
            }
            // Jackson would detect other encodings by itself, and positions in them are not positions in the bytes.
            if (parser.currentTokenLocation().getByteOffset() < 0) {
                throw notJson(new Violation("", "must be in UTF-8"));
            }
            List<byte[]> items = items(parser, body);
            if (parser.nextToken() != null) {
                throw notJson(new Violation("", "goes on after the end of the array"));
            }
            return items;
        } catch (JacksonException e) {
            throw notJson(new Violation("", "is no JSON: " + e.getOriginalMessage() + where(e)));
        }
    }

    /** The same bytes, with those replaced that are not UTF-8 and would end the splitting. */
    private static byte[] readable(byte[] body) {
        if (Utf8.invalidAt(body) < 0) {
            return body;
        }
        byte[] readable = body.clone();
        for (int i = 0; i < readable.length; i++) {
            readable[i] = readable[i] < 0 ? (byte) '?' : readable[i];
        }
        return readable;
    }

    private static List<byte[]> items(JsonParser parser, byte[] body) {
        var items = new ArrayList<byte[]>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() == MAX_EVENTS) {
                throw new RefusedRequestException(
                        ProblemType.TOO_LARGE, "A batch may have " + MAX_EVENTS + " events. Send it in parts.");
            }
            int from = (int) parser.currentTokenLocation().getByteOffset();
            if (parser.currentToken().isScalarValue()) {
                // Not an event; the reader of the item says what is wrong.
                items.add(new byte[] {'0'});
                parser.skipChildren();
            } else {
                parser.skipChildren();
                items.add(Arrays.copyOfRange(
                        body, from, (int) parser.currentLocation().getByteOffset()));
            }
        }
        return items;
    }

    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static RefusedRequestException notJson(Violation violation) {
        return new RefusedRequestException(
                ProblemType.NOT_JSON, "Send a JSON array in UTF-8; nothing of it was taken.", List.of(violation));
    }
}
