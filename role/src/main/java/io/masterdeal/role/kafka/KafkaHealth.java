package io.masterdeal.role.kafka;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Whether Kafka answers: without it nothing is taken in and nothing published, however well the role does else. */
public final class KafkaHealth extends AbstractHealthIndicator {

    private static final int TIMEOUT_MS = 2000;

    private final Admin admin;

    /**
     * @param admin asks; the caller closes it
     */
    public KafkaHealth(Admin admin) {
        super("Kafka does not answer");
        this.admin = admin;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) throws ExecutionException, InterruptedException {
        try {
            int brokers = admin.describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MS))
                    .nodes()
                    .get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS)
                    .size();
            builder.up().withDetail("brokers", brokers);
        } catch (java.util.concurrent.TimeoutException e) {
            builder.down(e);
        }
    }
}
