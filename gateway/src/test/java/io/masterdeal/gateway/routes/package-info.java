@NullMarked
package io.masterdeal.gateway.routes;

import org.jspecify.annotations.NullMarked;
