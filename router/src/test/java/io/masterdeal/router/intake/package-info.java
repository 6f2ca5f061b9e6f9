/** Tests of the intake. */
@NullMarked
package io.masterdeal.router.intake;

import org.jspecify.annotations.NullMarked;
