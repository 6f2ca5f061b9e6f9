/** Who a person is, and what this person may do. */
@NullMarked
package io.masterdeal.console.access;

import org.jspecify.annotations.NullMarked;
