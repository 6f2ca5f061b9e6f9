/** The screen of the rule set in use, those before it, and what another one would change. */
@NullMarked
package io.masterdeal.console.rulesets;

import org.jspecify.annotations.NullMarked;
