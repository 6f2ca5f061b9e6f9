package io.masterdeal.service.query;

import io.masterdeal.role.http.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which values the fields of a deal's root have; null means any.
 *
 * @param client of the deal
 * @param manager of the deal
 * @param product of the deal
 * @param region of the deal
 * @param currency of its amount
 */
record FieldFilter(
        @Nullable String client,
        @Nullable String manager,
        @Nullable String product,
        @Nullable String region,
        @Nullable String currency) {

    private static final int LONGEST_STORED = 200;

    /** Any deal. */
    static final FieldFilter ANY = new FieldFilter(null, null, null, null, null);

    /** Checks the texts. */
    FieldFilter {
        Page.text(client);
        Page.text(manager);
        Page.text(product);
        Page.text(region);
        Page.text(currency);
    }

    /** The values that are wanted, by the name of the column: as they are stored, which is the beginning of a long one. */
    Map<String, String> wanted() {
        Map<String, String> wanted = new LinkedHashMap<>();
        add(wanted, "client", client);
        add(wanted, "manager", manager);
        add(wanted, "product", product);
        add(wanted, "region", region);
        add(wanted, "currency", currency);
        return wanted;
    }

    private static void add(Map<String, String> wanted, String column, @Nullable String value) {
        if (value != null) {
            wanted.put(column, stored(value));
        }
    }

    /** A character of two parts is not divided. */
    private static String stored(String value) {
        if (value.length() <= LONGEST_STORED) {
            return value;
        }
        boolean divided = Character.isHighSurrogate(value.charAt(LONGEST_STORED - 1));
        return value.substring(0, divided ? LONGEST_STORED - 1 : LONGEST_STORED);
    }
}
