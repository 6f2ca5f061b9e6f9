/** The screen of what was asked of other systems, and what an operator decides about it. */
@NullMarked
package io.masterdeal.console.commands;

import org.jspecify.annotations.NullMarked;
