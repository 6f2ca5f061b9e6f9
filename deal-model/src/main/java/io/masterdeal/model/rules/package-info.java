/**
 * Rule sets as values: which statuses an object kind has and in what order, and the condition of each stage of a deal.
 * Reading them from a file is up to the caller.
 */
@NullMarked
package io.masterdeal.model.rules;

import org.jspecify.annotations.NullMarked;
