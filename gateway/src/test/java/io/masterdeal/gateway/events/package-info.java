@NullMarked
package io.masterdeal.gateway.events;

import org.jspecify.annotations.NullMarked;
