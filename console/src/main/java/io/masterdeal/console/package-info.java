/** The role console: the screens in which people see deals and the platform, and act on them. */
@NullMarked
package io.masterdeal.console;

import org.jspecify.annotations.NullMarked;
