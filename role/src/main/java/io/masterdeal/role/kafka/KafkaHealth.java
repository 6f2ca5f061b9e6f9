package io.masterdeal.role.kafka;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether Kafka answers. Everyone may ask for the health of a role, so Kafka itself is asked once in a while only. */
public final class KafkaHealth implements HealthIndicator {
    private static final Duration VALID_FOR = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Admin admin;
    private @Nullable Health last;
    private long lastAt;

    /**
     * @param admin asks; the caller closes it
     */
    public KafkaHealth(Admin admin) {
        this.admin = admin;
    }

    @Override
    public synchronized Health health() {
        Health known = last;
        if (known != null && System.nanoTime() - lastAt < VALID_FOR.toNanos()) {
            return known;
        }
        Health asked = ask();
        last = asked;
        lastAt = System.nanoTime();
        return asked;
    }

    private Health ask() {
        try {
            var options = new DescribeClusterOptions().timeoutMs((int) TIMEOUT.toMillis());
            int brokers = admin.describeCluster(options)
                    .nodes()
                    .get(2 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .size();
            return brokers > 0
                    ? Health.up().withDetail("brokers", brokers).build()
                    : Health.down().build();
        } catch (ExecutionException | TimeoutException e) {
            return Health.down(e).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.unknown().build();
        }
    }
}
