/** Shows who would get an event, who would not, and because of which condition; nothing is sent. */
@NullMarked
package io.masterdeal.router.explain;

import org.jspecify.annotations.NullMarked;
