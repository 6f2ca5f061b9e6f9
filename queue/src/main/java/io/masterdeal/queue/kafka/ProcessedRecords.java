package io.masterdeal.queue.kafka;

import io.masterdeal.worker.Workers;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has Kafka delete the records that are processed. The topic would keep them forever otherwise, because a retention time could
 * delete tasks that were never delivered. Every process with a receiver does this; doing it twice does no harm.
 */
final class ProcessedRecords {

    private static final Logger log = LoggerFactory.getLogger(ProcessedRecords.class);

    private static final long EVERY_S = 60;

    private final KafkaQueueClients clients;

    private final ScheduledExecutorService timer = Workers.scheduled("queue-done-records");

    ProcessedRecords(KafkaQueueClients clients) {
        this.clients = clients;
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::deleteOrTryLater, EVERY_S, EVERY_S, TimeUnit.SECONDS);
    }

    private void deleteOrTryLater() {
        try {
            delete(clients);
        } catch (ExecutionException | KafkaException e) {
            log.warn("processed records of {} cannot be deleted now: {}", clients.group(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes the records before the first one that is not processed, in each partition. */
    static void delete(KafkaQueueClients clients) throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            Map<TopicPartition, SharePartitionOffsetInfo> begins = admin.listShareGroupOffsets(
                            Map.of(clients.group(), new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(clients.group())
                    .get();
            Map<TopicPartition, RecordsToDelete> done = new HashMap<>();
            begins.forEach((partition, begin) -> {
                if (begin != null && begin.startOffset() > 0) {
                    done.put(partition, RecordsToDelete.beforeOffset(begin.startOffset()));
                }
            });
            if (!done.isEmpty()) {
                admin.deleteRecords(done).all().get();
            }
        }
    }

    void stop() {
        timer.shutdownNow();
    }
}
