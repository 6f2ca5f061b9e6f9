/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.sandbox.system;

import org.jspecify.annotations.NullMarked;
