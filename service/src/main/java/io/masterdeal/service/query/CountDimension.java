package io.masterdeal.service.query;

import io.masterdeal.role.http.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/** By what deals are counted. */
enum CountDimension {
    STAGE,
    OUTCOME,
    CLIENT,
    MANAGER,
    PRODUCT,
    REGION,
    CURRENCY;

    /** How many may be combined. */
    static final int MOST = 3;

    /** As callers name it, and the name of its column. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether {@code deals} tells it, else {@code deal_fields}. */
    boolean isOfDeals() {
        return this == STAGE || this == OUTCOME;
    }

    /**
     * Reads the parameter {@code by}.
     *
     * @param text names, separated by commas
     * @throws Problem if there is no such name, or one comes twice, or they are none or too many
     */
    static List<CountDimension> read(String text) {
        List<CountDimension> read = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            CountDimension dimension = Arrays.stream(values())
                    .filter(each -> each.text().equals(name))
                    .findFirst()
                    .orElseThrow(() -> wrong(text));
            if (read.contains(dimension) || read.size() == MOST) {
                throw wrong(text);
            }
            read.add(dimension);
        }
        return read;
    }

    private static Problem wrong(String text) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a grouping",
                "'by' is one to " + MOST + " of "
                        + Arrays.stream(values()).map(CountDimension::text).collect(Collectors.joining(", "))
                        + ", separated by commas, each once; not '" + text + "'.");
    }
}
