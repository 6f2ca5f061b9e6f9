/**
 * Real Kafka, PostgreSQL and Schema Registry for a machine that has none: each in a process of its own, on loopback only, with
 * generated passwords and data kept between runs. {@link io.masterdeal.local.LocalInfrastructure} is the entry point.
 */
@NullMarked
package io.masterdeal.local;

import org.jspecify.annotations.NullMarked;
