/** Where settings come from when nobody gives them, and under which names they are read. */
@NullMarked
package io.masterdeal.role.settings;

import org.jspecify.annotations.NullMarked;
