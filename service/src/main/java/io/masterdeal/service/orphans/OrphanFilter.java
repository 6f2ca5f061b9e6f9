package io.masterdeal.service.orphans;

import io.masterdeal.facts.OrphanReason;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Which orphans are wanted, and in which order.
 *
 * @param system the domain of the object; null for all
 * @param kind domain and kind of the object, {@code legal:case}; null for all
 * @param reason null for all
 * @param since only those of which the first fact was received then or earlier; null for all
 * @param dismissed whether an operator has put them aside; null for both
 * @param order how they are sorted
 */
record OrphanFilter(
        @Nullable String system,
        @Nullable String kind,
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable Boolean dismissed,
        Order order) {

    static final List<String> REASONS =
            Arrays.stream(OrphanReason.values()).map(OrphanReason::code).toList();

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]*:[a-z][a-z0-9-]*");

    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** How orphans are sorted. */
    enum Order {
        /** The one that waits longest first. */
        AGE,
        /** By the bytes of their keys. */
        KEY
    }

    /** What a caller asks for, as text. */
    record Wanted(
            @Nullable String system,
            @Nullable String kind,
            @Nullable String reason,
            @Nullable String olderThan,
            String dismissed,
            String sort) {}

    /**
     * Reads what a caller asks for.
     *
     * @param systems all that there are
     * @throws Problem if something of it is wrong
     */
    static OrphanFilter of(Wanted wanted, Collection<String> systems, Clock clock) {
        oneOf("system", wanted.system(), systems);
        oneOf("reason", wanted.reason(), REASONS);
        oneOf("dismissed", wanted.dismissed(), List.of("false", "true", "all"));
        oneOf("sort", wanted.sort(), List.of("key", "age"));
        String kind = Page.text(wanted.kind());
        if (kind != null && !KIND.matcher(kind).matches()) {
            throw wrong("kind", kind, "'kind' has the form SYSTEM:KIND, such as legal:case");
        }
        String system = wanted.system();
        if (kind != null && system != null && !kind.startsWith(system + ":")) {
            throw wrong("kind", kind, "it is not of the system '" + system + "'");
        }
        Order order = wanted.sort().equals("age") ? Order.AGE : Order.KEY;
        boolean all = wanted.dismissed().equals("all");
        if (all && order == Order.AGE) {
            throw wrong("dismissed", "all", "'all' can only be listed with sort=key");
        }
        String olderThan = wanted.olderThan();
        return new OrphanFilter(
                system != null || kind == null ? system : kind.substring(0, kind.indexOf(':')),
                kind,
                wanted.reason(),
                olderThan == null ? null : clock.instant().minus(duration(olderThan)),
                all ? null : wanted.dismissed().equals("true"),
                order);
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException _) {
            // Told below.
        }
        throw wrong("older_than", text, "'older_than' is a duration like PT12H or P2D, not negative, at most P36500D");
    }

    private static void oneOf(String name, @Nullable String value, Collection<String> allowed) {
        if (value != null && !allowed.contains(value)) {
            throw wrong(name, value, "'" + name + "' is one of " + String.join(", ", allowed));
        }
    }

    private static Problem wrong(String name, String value, String rule) {
        return new Problem(
                HttpStatus.BAD_REQUEST, "not a value of " + name, "'" + value + "' cannot be used: " + rule + ".");
    }
}
