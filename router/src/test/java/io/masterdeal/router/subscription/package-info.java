/** Filters and patience, by themselves. */
@NullMarked
package io.masterdeal.router.subscription;

import org.jspecify.annotations.NullMarked;
