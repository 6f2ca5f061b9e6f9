/** What stands in for the systems that effects are sent to. The service's tests use it, too. */
@NullMarked
package io.masterdeal.effects.servers;

import org.jspecify.annotations.NullMarked;
