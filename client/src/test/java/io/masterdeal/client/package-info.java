/** Tests of the client against a gateway whose answers are written down beforehand. */
@NullMarked
package io.masterdeal.client;

import org.jspecify.annotations.NullMarked;
