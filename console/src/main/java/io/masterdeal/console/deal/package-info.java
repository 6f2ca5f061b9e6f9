/** A deal's page: where it stands and why, what is missing and in whose hands, its history as a picture, and everything it is made of. */
@NullMarked
package io.masterdeal.console.deal;

import org.jspecify.annotations.NullMarked;
