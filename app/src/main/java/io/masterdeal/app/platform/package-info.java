/** Brings a whole platform up on this machine: the infrastructure it needs and the roles, each on a port of its own. */
@NullMarked
package io.masterdeal.app.platform;

import org.jspecify.annotations.NullMarked;
