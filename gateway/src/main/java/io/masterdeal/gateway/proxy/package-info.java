/**
 * The proxy: calls between systems, passed on to where each system is (routes, as the documents call them). {@link
 * io.masterdeal.gateway.proxy.ProxyConfiguration} builds it from the settings {@code masterdeal.gateway.proxy.*}.
 */
@NullMarked
package io.masterdeal.gateway.proxy;

import org.jspecify.annotations.NullMarked;
