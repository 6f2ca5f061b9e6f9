/** The steps of an event's way through the service whose duration is measured. */
@NullMarked
package io.masterdeal.service.delay;

import org.jspecify.annotations.NullMarked;
