/**
 * What the people in the six systems share: the story they play, how quickly they are, and how they reach each other.
 * Nothing here knows a single system.
 */
@NullMarked
package io.masterdeal.sandbox.actor;

import org.jspecify.annotations.NullMarked;
