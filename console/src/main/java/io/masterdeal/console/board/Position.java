package io.masterdeal.console.board;

import java.util.Map;

/**
 * How far a topic is read.
 *
 * @param topicId of Kafka; a topic that was made anew under the same name has another one
 * @param next by partition, the offset of the next event; partitions that are not named are read from their beginning
 * @param complete false while deals are still asked for whose events the topic no longer had
 */
public record Position(String topicId, Map<Integer, Long> next, boolean complete) {}
