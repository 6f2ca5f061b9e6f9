/** Tests of the plans of faults. */
@NullMarked
package io.masterdeal.crash.fault;

import org.jspecify.annotations.NullMarked;
