/** From the domains' topics to stored deals and canonical events. */
@NullMarked
package io.masterdeal.benchmarks.intake;

import org.jspecify.annotations.NullMarked;
