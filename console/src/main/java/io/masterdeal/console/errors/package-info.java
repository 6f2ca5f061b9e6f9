/** What could not be processed: the topic {@code error.events}, kept for 30 days and shown by reason. */
@NullMarked
package io.masterdeal.console.errors;

import org.jspecify.annotations.NullMarked;
