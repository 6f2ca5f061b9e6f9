/**
 * What a broker must be able to do to transport tasks: confirm messages that it accepts, deliver each to one of several
 * receivers, and count the deliveries. Due times, attempts and dead letters are not its concern.
 */
@NullMarked
package io.masterdeal.queue.broker;

import org.jspecify.annotations.NullMarked;
