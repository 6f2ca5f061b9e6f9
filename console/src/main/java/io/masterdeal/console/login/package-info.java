/** Who gets in: keys, one-time links and OpenID Connect, the sessions that they begin, and the checks of every request. */
@NullMarked
package io.masterdeal.console.login;

import org.jspecify.annotations.NullMarked;
