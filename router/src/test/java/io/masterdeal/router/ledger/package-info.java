/** What keeps the ledger of one process from another's hands. */
@NullMarked
package io.masterdeal.router.ledger;

import org.jspecify.annotations.NullMarked;
