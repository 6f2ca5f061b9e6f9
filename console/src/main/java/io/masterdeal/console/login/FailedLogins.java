package io.masterdeal.console.login;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits how often somebody may fail to log in: {@value #OF_ONE} times a minute from one address, {@value #OF_ALL} times from all. Keys
 * and links cannot be guessed anyway; this keeps the tries from using the machine and from filling the log. Thread-safe.
 */
final class FailedLogins {

    /** From one address in a minute; of IPv6 a network of 64 bits counts as one. */
    static final int OF_ONE = 10;

    /** From all addresses in a minute. */
    static final int OF_ALL = 300;

    /** Beyond it the address that failed longest ago is forgotten. */
    static final int ADDRESSES = 10_000;

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private static final int NETWORK_BYTES = 8;

    private final Clock clock;
    private final Map<String, Count> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > ADDRESSES;
        }
    };
    private Count all = new Count(Instant.EPOCH, 0);

    FailedLogins(Clock clock) {
        this.clock = clock;
    }

    /** Failures since an instant. */
    private record Count(Instant since, int failures) {
        Count and(Instant now) {
            return isOver(now) ? new Count(now, 1) : new Count(since, failures + 1);
        }

        boolean isOver(Instant now) {
            return !since.plus(WINDOW).isAfter(now);
        }

        long waitSeconds(Instant now, int most) {
            return isOver(now) || failures < most
                    ? 0
                    : Math.max(1, Duration.between(now, since.plus(WINDOW)).toSeconds());
        }
    }

    /** How long an address has to wait before it may try again, in seconds; 0 if it need not. */
    synchronized long waitSeconds(String address) {
        Instant now = clock.instant();
        Count own = byAddress.get(network(address));
        return Math.max(all.waitSeconds(now, OF_ALL), own == null ? 0 : own.waitSeconds(now, OF_ONE));
    }

    /** Counts a failure. */
    synchronized void failed(String address) {
        Instant now = clock.instant();
        all = all.and(now);
        byAddress.merge(network(address), new Count(now, 1), (count, _) -> count.and(now));
    }

    /** How many addresses are remembered. */
    synchronized int addresses() {
        return byAddress.size();
    }

    private static String network(String address) {
        try {
            InetAddress parsed = InetAddress.ofLiteral(address);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException _) {
            return "unknown";
        }
    }
}
