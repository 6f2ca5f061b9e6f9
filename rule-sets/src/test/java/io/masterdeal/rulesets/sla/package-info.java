/** The SLA function against cases worked by hand, against its oracle and against a slow reference. */
@NullMarked
package io.masterdeal.rulesets.sla;

import org.jspecify.annotations.NullMarked;
