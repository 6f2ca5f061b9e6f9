/** Tests of what may stand in files of routes. */
@NullMarked
package io.masterdeal.routes.files;

import org.jspecify.annotations.NullMarked;
