/** Which process delivers, whether it does, and who may ask it things. */
@NullMarked
package io.masterdeal.router.wiring;

import org.jspecify.annotations.NullMarked;
