/**
 * A platform of real processes, for what measures it and what breaks it: {@link io.masterdeal.processes.ProcessPlatform} knows its
 * addresses and keys, {@link io.masterdeal.processes.JavaProcess} runs one of its programs.
 */
@NullMarked
package io.masterdeal.processes;

import org.jspecify.annotations.NullMarked;
