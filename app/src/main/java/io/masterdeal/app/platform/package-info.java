/** Starts a whole platform on this machine: the infrastructure it needs and the roles, each on its own port. */
@NullMarked
package io.masterdeal.app.platform;

import org.jspecify.annotations.NullMarked;
