/** Made-up deals, and what has to be answered about them. */
@NullMarked
package io.masterdeal.crash.story;

import org.jspecify.annotations.NullMarked;
