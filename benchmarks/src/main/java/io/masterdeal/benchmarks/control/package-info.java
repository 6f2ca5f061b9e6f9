/** The control: writes again what a run of MasterDeal wrote, as fast as possible, without the model that computed it. */
@NullMarked
package io.masterdeal.benchmarks.control;

import org.jspecify.annotations.NullMarked;
