/**
 * Kafka, PostgreSQL and the registry for tests. They run in a process that outlives a test JVM, so that the next module, or the
 * next run in an IDE, does not start them again: {@link io.masterdeal.testbed.servers.TestServers} borrows a set,
 * {@link io.masterdeal.testbed.servers.ServerPool} lends it.
 */
@NullMarked
package io.masterdeal.testbed.servers;

import org.jspecify.annotations.NullMarked;
