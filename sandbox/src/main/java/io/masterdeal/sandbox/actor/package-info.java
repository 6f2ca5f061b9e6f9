/**
 * What the simulated people of all six systems share: their deals, how fast they act, and how they reach each other. Nothing here
 * depends on a particular system.
 */
@NullMarked
package io.masterdeal.sandbox.actor;

import org.jspecify.annotations.NullMarked;
