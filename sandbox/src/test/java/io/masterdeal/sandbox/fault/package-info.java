/** Tests of the package of the same name. */
@NullMarked
package io.masterdeal.sandbox.fault;

import org.jspecify.annotations.NullMarked;
