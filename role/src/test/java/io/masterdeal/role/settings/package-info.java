@NullMarked
package io.masterdeal.role.settings;

import org.jspecify.annotations.NullMarked;
