/** Route files: what they may contain, how they get into a Camel context, and what is wrong with those that cannot be used. */
@NullMarked
package io.masterdeal.routes.files;

import org.jspecify.annotations.NullMarked;
