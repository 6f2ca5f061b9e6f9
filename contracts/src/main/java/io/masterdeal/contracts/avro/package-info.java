/**
 * Converts JSON to Avro records of a schema and back, reporting every problem by JSON pointer.
 */
@NullMarked
package io.masterdeal.contracts.avro;

import org.jspecify.annotations.NullMarked;
