/** Events that the router has read, with their deliveries and attempts. */
@NullMarked
package io.masterdeal.console.messages;

import org.jspecify.annotations.NullMarked;
