@NullMarked
package io.masterdeal.role.http;

import org.jspecify.annotations.NullMarked;
