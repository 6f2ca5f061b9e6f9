/**
 * The role {@code gateway}: the door of the platform. {@link io.masterdeal.gateway.GatewayRole} is what to start; the features
 * lie in the packages below.
 */
@NullMarked
package io.masterdeal.gateway;

import org.jspecify.annotations.NullMarked;
