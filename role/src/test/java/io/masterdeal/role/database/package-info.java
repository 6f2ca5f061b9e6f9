/** Tests of the statements' parameters; that PostgreSQL understands them is tested by the roles that use them. */
@NullMarked
package io.masterdeal.role.database;

import org.jspecify.annotations.NullMarked;
