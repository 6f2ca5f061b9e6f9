/**
 * The schema registry: ids for schemas and schemas for ids, over Confluent's REST API.
 */
@NullMarked
package io.masterdeal.contracts.registry;

import org.jspecify.annotations.NullMarked;
