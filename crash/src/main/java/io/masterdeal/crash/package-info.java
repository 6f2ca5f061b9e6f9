/** Runs that inject faults into a whole platform under load, and their results. */
@NullMarked
package io.masterdeal.crash;

import org.jspecify.annotations.NullMarked;
