@NullMarked
package io.masterdeal.contracts.apikey;

import org.jspecify.annotations.NullMarked;
