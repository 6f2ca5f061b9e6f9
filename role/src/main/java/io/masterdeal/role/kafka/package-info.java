/** Where a role finds Kafka, how its clients are made, whether Kafka answers, and that the topics exist. */
@NullMarked
package io.masterdeal.role.kafka;

import org.jspecify.annotations.NullMarked;
