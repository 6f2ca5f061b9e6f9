/**
 * The stories of deals, their assignment to deals by a seed, and the player that runs them from lead to end. Each story is a script
 * of actions of the people of the six systems.
 */
@NullMarked
package io.masterdeal.sandbox.story;

import org.jspecify.annotations.NullMarked;
