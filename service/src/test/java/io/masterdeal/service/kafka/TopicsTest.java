package io.masterdeal.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.kafka.Topics;
import io.masterdeal.service.servers.DomainEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** How topics are made, and what is told of those that were there. */
class TopicsTest {

    private static final EventCatalog CATALOG = EventCatalog.bundled();

    @Test
    void topics_keep_what_they_are_given_and_others_are_told_with_their_cure() throws Exception {
        try (Admin admin = DomainEvents.clients("unused").admin()) {
            // given
            Topics.ensure(admin, CATALOG, Topics.Layout.parse("3/1"));

            // then
            Config events = config(admin, "dcm.events");
            assertThat(value(events, "retention.ms")).isEqualTo("2592000000");
            assertThat(value(events, "min.insync.replicas")).isEqualTo("1");
            assertThat(value(events, "message.timestamp.type")).isEqualTo("LogAppendTime");
            assertThat(value(config(admin, "masterdeal.events"), "retention.ms"))
                    .isEqualTo("2592000000");
            assertThat(value(config(admin, "error.events"), "retention.ms")).isEqualTo("7776000000");
            assertThat(Topics.weaknesses(admin, CATALOG, Topics.Keeping.DEFAULT))
                    .isEmpty();

            // when: a topic as another program might have created it
            alter(admin, true);

            // then: brokers hear of it a little later
            await().untilAsserted(() -> assertThat(Topics.weaknesses(admin, CATALOG, Topics.Keeping.DEFAULT))
                    .satisfiesExactlyInAnyOrder(
                            it -> assertThat(it)
                                    .isEqualTo(
                                            "Topic dcm.events keeps records for 168 h, but should keep them for 720 h: a"
                                                    + " reader that is away for longer misses what is deleted. To correct it:"
                                                    + " kafka-configs.sh --bootstrap-server HOST:PORT --alter --topic dcm.events --add-config"
                                                    + " retention.ms=2592000000"),
                            it -> assertThat(it).contains("when it grows large").endsWith("retention.bytes=-1"),
                            it -> assertThat(it)
                                    .contains("time of records")
                                    .endsWith("message.timestamp.type=LogAppendTime")));

            // and what is kept for as long as is asked for is well
            assertThat(Topics.weaknesses(admin, CATALOG, new Topics.Keeping(Duration.ofDays(7), Duration.ofDays(7))))
                    .hasSize(2);

            // finally
            alter(admin, false);
        }
    }

    /** Alters the settings, or puts back what they were. */
    private static void alter(Admin admin, boolean spoils) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        topic("dcm.events"),
                        List.of(
                                set("retention.ms", spoils ? "604800000" : "2592000000"),
                                set("retention.bytes", spoils ? "1000000000" : "-1"),
                                set("message.timestamp.type", spoils ? "CreateTime" : "LogAppendTime"))))
                .all()
                .get();
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    private static Config config(Admin admin, String topic) throws Exception {
        return admin.describeConfigs(List.of(topic(topic)))
                .all()
                .get()
                .values()
                .iterator()
                .next();
    }

    private static String value(Config config, String name) {
        ConfigEntry entry = config.get(name);
        return entry == null ? "" : entry.value();
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }
}
