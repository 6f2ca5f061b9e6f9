/** What operators do: operations on many items with the result of each, and the record of who did what, and why. */
@NullMarked
package io.masterdeal.role.operation;

import org.jspecify.annotations.NullMarked;
