/**
 * The control of the sandbox: runs of deals, fault injection, and the list of emitted events. For the operator's key only.
 */
@NullMarked
package io.masterdeal.sandbox.simulation;

import org.jspecify.annotations.NullMarked;
