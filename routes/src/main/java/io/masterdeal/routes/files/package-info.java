/** Files of routes: which may be in them, how they are put into a Camel context, and what is told of those that cannot be used. */
@NullMarked
package io.masterdeal.routes.files;

import org.jspecify.annotations.NullMarked;
