/** Reads SLA policies and calendars from YAML, of which JSON is a part. What is not known is refused, with file, line and reason. */
@NullMarked
package io.masterdeal.rulesets.sla;

import org.jspecify.annotations.NullMarked;
