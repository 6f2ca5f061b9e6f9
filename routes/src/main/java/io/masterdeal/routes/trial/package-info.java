/** Trials: a route runs on a sample, and what it would send is kept instead of sent. */
@NullMarked
package io.masterdeal.routes.trial;

import org.jspecify.annotations.NullMarked;
