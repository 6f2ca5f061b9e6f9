/** Reads rule sets from YAML, and says by file and line what is wrong with one. */
@NullMarked
package io.masterdeal.service.rules;

import org.jspecify.annotations.NullMarked;
