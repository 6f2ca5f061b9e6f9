/** The steps of an event's way through the router whose duration is measured. */
@NullMarked
package io.masterdeal.router.delay;

import org.jspecify.annotations.NullMarked;
