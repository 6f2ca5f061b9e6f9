/** Where all deals stand, kept in memory from the canonical topic: counts and lists by any filter. */
@NullMarked
package io.masterdeal.console.board;

import org.jspecify.annotations.NullMarked;
