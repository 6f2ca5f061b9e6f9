/** Reads every topic of the platform into the ledger, from where the ledger says. */
@NullMarked
package io.masterdeal.router.intake;

import org.jspecify.annotations.NullMarked;
