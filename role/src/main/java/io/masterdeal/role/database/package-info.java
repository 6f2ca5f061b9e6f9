/** Set-based statements on PostgreSQL, and transactions that are tried again when two of them collide. */
@NullMarked
package io.masterdeal.role.database;

import org.jspecify.annotations.NullMarked;
