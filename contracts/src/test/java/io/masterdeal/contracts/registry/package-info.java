@NullMarked
package io.masterdeal.contracts.registry;

import org.jspecify.annotations.NullMarked;
