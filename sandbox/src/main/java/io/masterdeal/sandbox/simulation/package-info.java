/**
 * The control of the sandbox: runs of deals, which faults the systems show, and what they meant to tell.
 * For the operator's key only.
 */
@NullMarked
package io.masterdeal.sandbox.simulation;

import org.jspecify.annotations.NullMarked;
