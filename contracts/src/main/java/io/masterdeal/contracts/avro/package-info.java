/**
 * JSON to Avro records by schema and back, with every problem reported by JSON pointer.
 */
@NullMarked
package io.masterdeal.contracts.avro;

import org.jspecify.annotations.NullMarked;
