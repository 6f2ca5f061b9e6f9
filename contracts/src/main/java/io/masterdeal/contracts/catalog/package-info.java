/**
 * The event catalog: which event types there are, and the domain, object kind, status and schema of each. Data, not
 * code.
 */
@NullMarked
package io.masterdeal.contracts.catalog;

import org.jspecify.annotations.NullMarked;
