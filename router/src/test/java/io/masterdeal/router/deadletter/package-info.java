/** Tests of dead letters. */
@NullMarked
package io.masterdeal.router.deadletter;

import org.jspecify.annotations.NullMarked;
