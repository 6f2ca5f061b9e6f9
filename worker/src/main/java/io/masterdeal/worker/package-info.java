/** How the threads of a role are started, and what happens to the process if one dies. */
@NullMarked
package io.masterdeal.worker;

import org.jspecify.annotations.NullMarked;
