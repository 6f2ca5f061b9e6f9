@NullMarked
package io.masterdeal.contracts.access;

import org.jspecify.annotations.NullMarked;
