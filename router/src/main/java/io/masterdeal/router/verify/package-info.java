/** Checks that every event is accounted for: the ledger against itself, and against Kafka. */
@NullMarked
package io.masterdeal.router.verify;

import org.jspecify.annotations.NullMarked;
