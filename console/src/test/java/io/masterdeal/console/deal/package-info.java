@NullMarked
package io.masterdeal.console.deal;

import org.jspecify.annotations.NullMarked;
