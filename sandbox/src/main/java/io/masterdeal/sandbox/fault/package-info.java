/**
 * What the systems do wrong, in percent and from a seed: events lost, doubled, swapped or late; answers slow, failed
 * or missing because a system is away.
 */
@NullMarked
package io.masterdeal.sandbox.fault;

import org.jspecify.annotations.NullMarked;
