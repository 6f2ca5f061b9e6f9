/** Speaks to a running platform over HTTP, as anybody would. */
@NullMarked
package io.masterdeal.app.client;

import org.jspecify.annotations.NullMarked;
