package io.masterdeal.role.http;

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
            .build();

    private StrictJson() {}

    /**
     * Reads a request.
     *
     * @param type its names are those of its fields, or of their annotations
     * @throws Problem if it has a field that the type does not have, or one of another type
     */
    public static <T> T read(JsonNode request, Class<T> type) {
        if (!request.isObject()) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not an object", "Send a JSON object.");
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
}
