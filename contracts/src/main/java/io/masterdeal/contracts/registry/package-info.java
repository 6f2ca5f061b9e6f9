/**
 * The schema registry: maps schemas to ids and back, over Confluent's REST API.
 */
@NullMarked
package io.masterdeal.contracts.registry;

import org.jspecify.annotations.NullMarked;
