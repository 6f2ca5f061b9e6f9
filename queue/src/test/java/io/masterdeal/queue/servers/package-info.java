/** The servers that the tests of the queue use. */
@NullMarked
package io.masterdeal.queue.servers;

import org.jspecify.annotations.NullMarked;
