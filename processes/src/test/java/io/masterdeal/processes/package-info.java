/** Tests of processes, with processes. */
@NullMarked
package io.masterdeal.processes;

import org.jspecify.annotations.NullMarked;
