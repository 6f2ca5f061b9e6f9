/** What is particular about tasks over Kafka. */
@NullMarked
package io.masterdeal.queue.kafka;

import org.jspecify.annotations.NullMarked;
