/** The role {@code router}: brings every event to everyone it is meant for, and keeps account of what became of it. */
@NullMarked
package io.masterdeal.router;

import org.jspecify.annotations.NullMarked;
