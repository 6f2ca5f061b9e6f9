package io.masterdeal.role.http;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads requests in which a mistyped field must not be passed over, because they change many things: a selection would be wider than
 * it was meant, and what was meant as a dry run would be done.
 */
public final class StrictJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .build();

    private StrictJson() {}

    /**
     * Reads a request.
     *
     * @param type its names are those of its fields, or of their annotations
     * @throws Problem if it has a field that the type does not have, one of another type, a list with null in it, or a text with the
     *     character U+0000, which PostgreSQL cannot store
     */
    public static <T> T read(JsonNode request, Class<T> type) {
        if (!request.isObject()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not an object", "Send a JSON object.");
        }
        if (hasNul(request)) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a text", "A text has no character U+0000.");
        }
        try {
            return Objects.requireNonNull(MAPPER.treeToValue(request, type));
        } catch (UnrecognizedPropertyException e) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no such field",
                    "There is no field '" + e.getPropertyName() + "' here; there are " + e.getKnownPropertyIds() + ".",
                    e);
        } catch (JacksonException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not such a value", String.valueOf(e.getOriginalMessage()), e);
        }
    }

    private static boolean hasNul(JsonNode node) {
        return node.isString()
                ? node.stringValue().indexOf('\0') >= 0
                : node.valueStream().anyMatch(StrictJson::hasNul);
    }
}
