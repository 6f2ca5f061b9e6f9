@NullMarked
package io.masterdeal.role.access;

import org.jspecify.annotations.NullMarked;
