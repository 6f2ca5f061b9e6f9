/** The control: what a MasterDeal run wrote, written again as fast as can be, without the model that found it out. */
@NullMarked
package io.masterdeal.benchmarks.control;

import org.jspecify.annotations.NullMarked;
