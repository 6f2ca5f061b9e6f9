/** The screen of who did what, when and why. */
@NullMarked
package io.masterdeal.console.audit;

import org.jspecify.annotations.NullMarked;
