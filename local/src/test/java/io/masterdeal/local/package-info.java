/** Tests with real processes, and a program that a test kills. */
@NullMarked
package io.masterdeal.local;

import org.jspecify.annotations.NullMarked;
