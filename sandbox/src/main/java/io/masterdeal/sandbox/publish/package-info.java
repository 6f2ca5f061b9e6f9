/**
 * How a domain tells its events: an outbox in memory, a thread that posts them to the gateway until it takes them,
 * and the ledger of everything the domains meant to tell.
 */
@NullMarked
package io.masterdeal.sandbox.publish;

import org.jspecify.annotations.NullMarked;
