/** The rule set in use, and those that were. */
@NullMarked
package io.masterdeal.service.rules;

import org.jspecify.annotations.NullMarked;
