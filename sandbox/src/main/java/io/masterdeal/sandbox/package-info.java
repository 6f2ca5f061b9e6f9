/**
 * The role {@code sandbox}: six simulated domain systems that do business with each other through the platform.
 * {@link io.masterdeal.sandbox.SandboxRole} is what to start; the features lie in the packages below.
 */
@NullMarked
package io.masterdeal.sandbox;

import org.jspecify.annotations.NullMarked;
