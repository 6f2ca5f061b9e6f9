/** Makes the router's Kafka clients. */
@NullMarked
package io.masterdeal.router.kafka;

import org.jspecify.annotations.NullMarked;
