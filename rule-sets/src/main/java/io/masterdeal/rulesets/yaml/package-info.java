/** YAML that people write: a document whose every part knows its file and line, so that a slip is told where it is. */
@NullMarked
package io.masterdeal.rulesets.yaml;

import org.jspecify.annotations.NullMarked;
