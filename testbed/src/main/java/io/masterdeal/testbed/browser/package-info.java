/** A real browser for tests of pages. */
@NullMarked
package io.masterdeal.testbed.browser;

import org.jspecify.annotations.NullMarked;
