@NullMarked
package io.masterdeal.role.context;

import org.jspecify.annotations.NullMarked;
