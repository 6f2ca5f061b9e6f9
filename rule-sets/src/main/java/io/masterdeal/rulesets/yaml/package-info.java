/** YAML that people write: a document in which every part knows its file and line, so that an error says where it is. */
@NullMarked
package io.masterdeal.rulesets.yaml;

import org.jspecify.annotations.NullMarked;
