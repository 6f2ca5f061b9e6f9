/**
 * Fault injection by percentages and a seed: events that are lost, duplicated, reordered or late; responses that are slow, failed
 * or missing because a system is down.
 */
@NullMarked
package io.masterdeal.sandbox.fault;

import org.jspecify.annotations.NullMarked;
