/** Unit tests of senders and signatures. */
@NullMarked
package io.masterdeal.router.delivery;

import org.jspecify.annotations.NullMarked;
