/**
 * The task queue: work that is to be done later, or again. One port, {@link io.masterdeal.queue.TaskQueue}; a broker carries
 * the tasks, PostgreSQL remembers when they are due and which were given up.
 */
@NullMarked
package io.masterdeal.queue;

import org.jspecify.annotations.NullMarked;
