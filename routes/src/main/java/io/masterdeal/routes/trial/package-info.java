/** Trials: a route runs on a sample, and what it would send is recorded instead. */
@NullMarked
package io.masterdeal.routes.trial;

import org.jspecify.annotations.NullMarked;
