@NullMarked
package io.masterdeal.contracts.event;

import org.jspecify.annotations.NullMarked;
