/** Signatures and pauses, by themselves. */
@NullMarked
package io.masterdeal.router.delivery;

import org.jspecify.annotations.NullMarked;
