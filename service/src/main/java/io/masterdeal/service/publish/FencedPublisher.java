package io.masterdeal.service.publish;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/**
 * Publishes in Kafka transactions under a fixed transactional id. Opening one ends all that were open before: what they have
 * begun is rolled back, and they cannot commit anything any more, however late they wake up. For one thread.
 */
final class FencedPublisher implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;

    private FencedPublisher(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Opens one.
     *
     * @param producers make a producer with the transactional id
     * @throws KafkaException if Kafka does not answer in time
     */
    static FencedPublisher open(Supplier<Producer<byte[], byte[]>> producers) {
        FencedPublisher publisher = new FencedPublisher(producers.get());
        try {
            publisher.producer.initTransactions();
            return publisher;
        } catch (RuntimeException e) {
            publisher.close();
            throw e;
        }
    }

    /**
     * Publishes records: all of them or, if Kafka refuses some because of what they are, none.
     *
     * @param records in their order
     * @param beforeCommit throws if they must not be published after all
     * @return why records are refused, by index; empty if all are published
     * @throws KafkaException if they cannot be published for another reason: then this object cannot be used any more
     */
    Map<Integer, String> publish(List<ProducerRecord<byte[], byte[]>> records, Runnable beforeCommit) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
            }
            producer.flush();
            beforeCommit.run();
            producer.commitTransaction();
            return Map.of();
        } catch (KafkaException e) {
            if (records.size() == 1) {
                return refusedOrThrow(records, sent, e);
            }
            producer.abortTransaction();
            return publishOneByOne(records, beforeCommit);
        }
    }

    /**
     * Finds out which record is refused. When many are sent at once, those that were not sent yet fail with it, and for the same
     * reason; and if a batch as a whole is too large, Kafka may not say which record is.
     */
    private Map<Integer, String> publishOneByOne(List<ProducerRecord<byte[], byte[]>> records, Runnable beforeCommit) {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try {
            producer.beginTransaction();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(record));
                producer.flush();
                Map<Integer, String> refused = refused(records, sent);
                if (!refused.isEmpty()) {
                    producer.abortTransaction();
                    return refused;
                }
            }
            beforeCommit.run();
            producer.commitTransaction();
            return Map.of();
        } catch (KafkaException e) {
            return refusedOrThrow(records, sent, e);
        }
    }

    private Map<Integer, String> refusedOrThrow(
            List<ProducerRecord<byte[], byte[]>> records, List<Future<RecordMetadata>> sent, KafkaException failure) {
        Map<Integer, String> refused = refused(records, sent);
        if (refused.isEmpty()) {
            throw failure;
        }
        producer.abortTransaction();
        return refused;
    }

    private static Map<Integer, String> refused(
            List<ProducerRecord<byte[], byte[]>> records, List<Future<RecordMetadata>> sent) {
        Map<Integer, String> refused = new TreeMap<>();
        for (int i = 0; i < sent.size(); i++) {
            if (sent.get(i).isDone()) {
                try {
                    sent.get(i).get();
                } catch (ExecutionException e) {
                    if (e.getCause() != null && isAboutTheRecord(records.get(i), e.getCause())) {
                        refused.put(i, e.getCause().toString());
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new KafkaException("interrupted", e);
                }
            }
        }
        return refused;
    }

    /**
     * Trying again would give the same result, while another record would be accepted. Everything else concerns Kafka or this
     * process. That the topic of a domain may not be written to concerns only the few events that operators made.
     */
    private static boolean isAboutTheRecord(ProducerRecord<byte[], byte[]> record, Throwable failure) {
        return (failure instanceof TopicAuthorizationException
                        && !record.topic().equals(TopicTail.TOPIC))
                || failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof PolicyViolationException;
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
