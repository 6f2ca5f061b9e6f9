package io.masterdeal.advisories;

import java.time.LocalDate;
import java.util.List;

/**
 * Holes that we deliver all the same, for a time.
 *
 * @param line where it stands in the file
 * @param ids what the holes are called
 * @param component {@code group:artifact}; see {@link Delivered#is}
 * @param version the one version it is for: another needs another judgement
 * @param until the last day
 * @param reason why that does no harm until then
 */
record Exemption(int line, List<String> ids, String component, String version, LocalDate until, String reason) {

    boolean covers(String id, Delivered delivered) {
        return ids.contains(id)
                && delivered.is(component)
                && delivered.version().equals(version);
    }
}
