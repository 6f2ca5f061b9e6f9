/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.sandbox.story;

import org.jspecify.annotations.NullMarked;
