/** The United Stage Dashboard. */
@NullMarked
package io.masterdeal.console.overview;

import org.jspecify.annotations.NullMarked;
