/**
 * Publishing of a domain's events: an outbox in memory, a thread that posts them to the gateway until it accepts them, and the ledger
 * of all emitted events.
 */
@NullMarked
package io.masterdeal.sandbox.publish;

import org.jspecify.annotations.NullMarked;
