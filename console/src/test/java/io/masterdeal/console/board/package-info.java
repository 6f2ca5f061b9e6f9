/** Tests of the board. */
@NullMarked
package io.masterdeal.console.board;

import org.jspecify.annotations.NullMarked;
