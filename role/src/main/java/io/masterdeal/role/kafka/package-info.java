/** Where a role finds Kafka, whether it answers there, and that the topics exist. */
@NullMarked
package io.masterdeal.role.kafka;

import org.jspecify.annotations.NullMarked;
