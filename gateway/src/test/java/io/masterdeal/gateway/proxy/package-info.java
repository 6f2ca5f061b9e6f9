@NullMarked
package io.masterdeal.gateway.proxy;

import org.jspecify.annotations.NullMarked;
