@NullMarked
package io.masterdeal.contracts.avro;

import org.jspecify.annotations.NullMarked;
