@NullMarked
package io.masterdeal.contracts.text;

import org.jspecify.annotations.NullMarked;
