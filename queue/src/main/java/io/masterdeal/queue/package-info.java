/**
 * The task queue: work that is to be done later, or again. The port is {@link io.masterdeal.queue.TaskQueue}; a broker
 * transports the tasks, and PostgreSQL stores when they are due and which were given up.
 */
@NullMarked
package io.masterdeal.queue;

import org.jspecify.annotations.NullMarked;
