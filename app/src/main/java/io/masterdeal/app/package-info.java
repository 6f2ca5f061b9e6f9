/** The command line, and the assembly of roles into one process. */
@NullMarked
package io.masterdeal.app;

import org.jspecify.annotations.NullMarked;
