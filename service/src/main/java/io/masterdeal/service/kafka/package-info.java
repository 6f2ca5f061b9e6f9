/** Makes the service's Kafka clients. */
@NullMarked
package io.masterdeal.service.kafka;

import org.jspecify.annotations.NullMarked;
