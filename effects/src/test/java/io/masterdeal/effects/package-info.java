/** Tests of reactions, effects and their sending, before a real PostgreSQL and a small server in the gateway's place. */
@NullMarked
package io.masterdeal.effects;

import org.jspecify.annotations.NullMarked;
