/** Reads every topic of the platform into the ledger, from the offsets that the ledger has. */
@NullMarked
package io.masterdeal.router.intake;

import org.jspecify.annotations.NullMarked;
