@NullMarked
package io.masterdeal.gateway;

import org.jspecify.annotations.NullMarked;
