package io.masterdeal.role.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** One page of a list, in the order of its keys. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
        List<T> items,

        @Schema(description = "Give it as 'cursor' to go on; absent on the last page") @Nullable
        String next) {

    /** The most items of a page. */
    public static final int MOST = 1000;

    /** The page of items, of which one more than the limit was looked up. */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return until(items, key.apply(items.getLast()));
    }

    /**
     * A page that ends at a key: of a list of which only a part is looked through for one page, so that it may have fewer items than
     * were asked for although more follow.
     *
     * @param last the key after which the next page begins; null if this is the last page
     */
    public static <T> Page<T> until(List<T> items, @Nullable String last) {
        return new Page<>(
                items,
                last == null
                        ? null
                        : Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }

    /** The key after which a page begins. */
    public static @Nullable String after(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            return text(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "not a cursor", "Give the value of 'next' of a page as it is.", e);
        }
    }

    /** Checks a search text; one that PostgreSQL cannot store is a problem. */
    public static <T extends @Nullable String> T text(T wanted) {
        if (wanted != null && wanted.indexOf('\0') >= 0) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not a text", "A text has no character U+0000.");
        }
        return wanted;
    }

    /** Checks the number of items asked for; out of range is a problem. */
    public static int limit(int wanted) {
        if (wanted < 1 || wanted > MOST) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "limit out of range", "'limit' is 1 to " + MOST + ", not " + wanted + ".");
        }
        return wanted;
    }
}
