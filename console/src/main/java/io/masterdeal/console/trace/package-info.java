/** The way of events from where they occurred to each attempt to deliver them. */
@NullMarked
package io.masterdeal.console.trace;

import org.jspecify.annotations.NullMarked;
