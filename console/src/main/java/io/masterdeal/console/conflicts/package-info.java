/** The screen of event ids that came with more than one content. */
@NullMarked
package io.masterdeal.console.conflicts;

import org.jspecify.annotations.NullMarked;
