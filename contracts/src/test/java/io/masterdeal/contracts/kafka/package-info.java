@NullMarked
package io.masterdeal.contracts.kafka;

import org.jspecify.annotations.NullMarked;
