/** Tests of the Kafka clients. */
@NullMarked
package io.masterdeal.role.kafka;

import org.jspecify.annotations.NullMarked;
