/** The wiring of the role, its start and stop, and the election of the leader. */
@NullMarked
package io.masterdeal.router.wiring;

import org.jspecify.annotations.NullMarked;
