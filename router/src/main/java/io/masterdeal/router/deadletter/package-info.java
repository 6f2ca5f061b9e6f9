/** Dead letters: published as error events, and redriven or discarded by operators. */
@NullMarked
package io.masterdeal.router.deadletter;

import org.jspecify.annotations.NullMarked;
