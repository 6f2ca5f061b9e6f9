/**
 * Rule sets as values: which statuses an object kind has and in what order, and which condition each stage of a deal
 * needs. Reading them from a file is the caller's work.
 */
@NullMarked
package io.masterdeal.model.rules;

import org.jspecify.annotations.NullMarked;
