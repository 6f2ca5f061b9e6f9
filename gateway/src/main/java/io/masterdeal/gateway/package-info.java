/**
 * The role {@code gateway}: the entrance to the platform. {@link io.masterdeal.gateway.GatewayRole} is the class to start; the features are
 * in the packages below.
 */
@NullMarked
package io.masterdeal.gateway;

import org.jspecify.annotations.NullMarked;
