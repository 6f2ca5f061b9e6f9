/**
 * What all processes that work on one schema must have the same: rule set, SLA policies, catalog and reactions. A process with
 * others does not work.
 */
@NullMarked
package io.masterdeal.facts.settings;

import org.jspecify.annotations.NullMarked;
