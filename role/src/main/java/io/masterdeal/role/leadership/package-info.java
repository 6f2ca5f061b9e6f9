/** Leadership among several processes: a lease in PostgreSQL with an epoch. */
@NullMarked
package io.masterdeal.role.leadership;

import org.jspecify.annotations.NullMarked;
