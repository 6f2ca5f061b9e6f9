@NullMarked
package io.masterdeal.sandbox.call;

import org.jspecify.annotations.NullMarked;
