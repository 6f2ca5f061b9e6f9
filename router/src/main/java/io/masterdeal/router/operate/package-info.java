/** Which process delivers, whether it does, and who may ask it things. */
@NullMarked
package io.masterdeal.router.operate;

import org.jspecify.annotations.NullMarked;
