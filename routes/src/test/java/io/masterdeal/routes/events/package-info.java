/** Tests of how routes publish events. */
@NullMarked
package io.masterdeal.routes.events;

import org.jspecify.annotations.NullMarked;
