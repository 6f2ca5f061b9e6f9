/**
 * The role {@code sandbox}: six simulated domain systems that interact through the platform.
 * {@link io.masterdeal.sandbox.SandboxRole} is the class to start; the features are in the packages below.
 */
@NullMarked
package io.masterdeal.sandbox;

import org.jspecify.annotations.NullMarked;
