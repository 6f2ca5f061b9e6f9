/**
 * The ledger: every event that was read, and what became of it for each subscription that wants its type. Each such delivery is in
 * exactly one state at any time.
 */
@NullMarked
package io.masterdeal.router.ledger;

import org.jspecify.annotations.NullMarked;
