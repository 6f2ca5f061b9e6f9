/** The commands, one class each, what they share, and {@link io.masterdeal.app.command.RootCommand}, which holds them all. */
@NullMarked
package io.masterdeal.app.command;

import org.jspecify.annotations.NullMarked;
