/**
 * The event catalog: the event types, with domain, object kind, status and schema of each. It is data, not code.
 */
@NullMarked
package io.masterdeal.contracts.catalog;

import org.jspecify.annotations.NullMarked;
