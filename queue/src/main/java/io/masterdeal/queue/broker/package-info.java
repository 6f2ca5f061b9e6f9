/**
 * What a broker has to be able to do to carry tasks: take messages and acknowledge them, hand each to one of several
 * receivers, and count how often it did. Times, attempts and dead letters are not its business.
 */
@NullMarked
package io.masterdeal.queue.broker;

import org.jspecify.annotations.NullMarked;
