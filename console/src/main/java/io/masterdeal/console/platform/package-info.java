/** How the console asks the other roles, over HTTP. */
@NullMarked
package io.masterdeal.console.platform;

import org.jspecify.annotations.NullMarked;
