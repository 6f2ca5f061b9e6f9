/** Unit tests of filters, retries and allowed sinks. */
@NullMarked
package io.masterdeal.router.subscription;

import org.jspecify.annotations.NullMarked;
