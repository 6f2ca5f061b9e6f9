/** Reads rule sets from YAML, and says by file and line what is wrong with one. */
@NullMarked
package io.masterdeal.rulesets;

import org.jspecify.annotations.NullMarked;
