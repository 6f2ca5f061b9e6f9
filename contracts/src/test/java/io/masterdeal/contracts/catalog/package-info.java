@NullMarked
package io.masterdeal.contracts.catalog;

import org.jspecify.annotations.NullMarked;
