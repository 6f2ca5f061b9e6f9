/** One box for any key: deals, objects, events, correlations, clients. */
@NullMarked
package io.masterdeal.console.search;

import org.jspecify.annotations.NullMarked;
