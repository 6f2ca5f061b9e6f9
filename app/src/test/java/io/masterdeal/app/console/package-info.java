/** The console in a browser, beside a whole platform. */
@NullMarked
package io.masterdeal.app.console;

import org.jspecify.annotations.NullMarked;
