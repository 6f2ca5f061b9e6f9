/**
 * Legal: checks of contracts that were signed, of which it hears from Kafka.
 * Its statuses, its actions, and the lawyers at work.
 */
@NullMarked
package io.masterdeal.sandbox.legal;

import org.jspecify.annotations.NullMarked;
