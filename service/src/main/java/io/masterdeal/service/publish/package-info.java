/**
 * Tells the world what changed: canonical events are written into PostgreSQL's write-ahead log with the change itself,
 * and the relay carries them to Kafka in the order of the commits, at least once each.
 */
@NullMarked
package io.masterdeal.service.publish;

import org.jspecify.annotations.NullMarked;
