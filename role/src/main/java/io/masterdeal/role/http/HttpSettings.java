package io.masterdeal.role.http;

import io.masterdeal.role.connection.ConnectionRules;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

/**
 * Limits of what callers may use of a role's HTTP server. The settings are {@code masterdeal.http.header-timeout} (15s), {@code
 * body-timeout} (30s), {@code bodies-memory} (32MB), {@code bodies-at-once} (100, of one caller) and {@code
 * connections-per-address} (half of {@code server.tomcat.max-connections}).
 *
 * @param rules of connections
 * @param bodyTimeout how long a body may take from its first byte to its last
 * @param bodiesMemory the memory of all bodies in progress, in bytes
 * @param bodiesAtOnce how many bodies of one caller may be in progress
 */
public record HttpSettings(ConnectionRules rules, Duration bodyTimeout, long bodiesMemory, int bodiesAtOnce) {
    private static final String PREFIX = "masterdeal.http.";

    /** One in twenty is left free, or Tomcat would not accept the connection for which another is closed. */
    private static final int SPARE = 20;

    /** Idle connections end by Tomcat's own timeout; only senders of empty lines get beyond it. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    static HttpSettings read(Environment environment) {
        int all = environment.getProperty("server.tomcat.max-connections", Integer.class, 2000);
        int most = Math.max(1, all - Math.max(1, all / SPARE));
        int perAddress =
                environment.getProperty(PREFIX + "connections-per-address", Integer.class, Math.max(1, all / 2));
        Duration idle =
                duration(environment, "server.tomcat.keep-alive-timeout", "60s").plus(GRACE);
        Duration header = duration(environment, PREFIX + "header-timeout", "15s");
        return new HttpSettings(
                new ConnectionRules(most, Math.min(most, perAddress), header, idle),
                duration(environment, PREFIX + "body-timeout", "30s"),
                DataSize.parse(environment.getProperty(PREFIX + "bodies-memory", "32MB"))
                        .toBytes(),
                environment.getProperty(PREFIX + "bodies-at-once", Integer.class, 100));
    }

    /**
     * A reader of bodies with this memory, or a part of it.
     *
     * @param part 1 is all of it, 2 a half, and so on
     */
    public RequestBodies bodies(int part) {
        return new RequestBodies(bodiesMemory / part, bodiesAtOnce, bodyTimeout);
    }

    private static Duration duration(Environment environment, String name, String otherwise) {
        return DurationStyle.detectAndParse(environment.getProperty(name, otherwise));
    }
}
