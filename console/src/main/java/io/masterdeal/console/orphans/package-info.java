/** The screen of objects that reach no deal, and what an operator does about them. */
@NullMarked
package io.masterdeal.console.orphans;

import org.jspecify.annotations.NullMarked;
