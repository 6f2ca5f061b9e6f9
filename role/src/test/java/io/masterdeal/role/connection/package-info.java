@NullMarked
package io.masterdeal.role.connection;

import org.jspecify.annotations.NullMarked;
