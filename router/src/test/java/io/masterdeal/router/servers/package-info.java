/** Real servers, a running router, and sinks that behave as a test chooses. */
@NullMarked
package io.masterdeal.router.servers;

import org.jspecify.annotations.NullMarked;
