/** Tests of the ledger: fencing, positions, outcomes. */
@NullMarked
package io.masterdeal.router.ledger;

import org.jspecify.annotations.NullMarked;
