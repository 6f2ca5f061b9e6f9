/** Real servers, a running router, and sinks that behave as a test says. */
@NullMarked
package io.masterdeal.router.servers;

import org.jspecify.annotations.NullMarked;
