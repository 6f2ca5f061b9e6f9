/** The task queue over each broker, with real brokers and a real PostgreSQL. */
@NullMarked
package io.masterdeal.queue;

import org.jspecify.annotations.NullMarked;
