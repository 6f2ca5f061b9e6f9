/** The pure core. */
@NullMarked
package io.masterdeal.model;

import org.jspecify.annotations.NullMarked;
