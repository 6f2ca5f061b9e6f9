/** Tests of searches of messages. */
@NullMarked
package io.masterdeal.router.messages;

import org.jspecify.annotations.NullMarked;
