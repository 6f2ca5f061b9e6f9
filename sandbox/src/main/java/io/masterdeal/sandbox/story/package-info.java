/**
 * The stories that deals go through, which one a deal has by the seed, and the playing of it from lead to end.
 * One script a story, made of what the people of the six systems can do.
 */
@NullMarked
package io.masterdeal.sandbox.story;

import org.jspecify.annotations.NullMarked;
