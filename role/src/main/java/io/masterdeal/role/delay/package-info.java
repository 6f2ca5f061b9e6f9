/** How long events take on their way through a process, over the last minute and the last hour. */
@NullMarked
package io.masterdeal.role.delay;

import org.jspecify.annotations.NullMarked;
