/** Which one of several processes does what only one may do: a lease in PostgreSQL, and a number that tells terms apart. */
@NullMarked
package io.masterdeal.role.leadership;

import org.jspecify.annotations.NullMarked;
