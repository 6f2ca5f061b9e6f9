/**
 * A platform's HTTP API for Java programs. {@link io.masterdeal.client.EventClient} publishes events to the gateway, {@link
 * io.masterdeal.client.DealClient} asks the service for deals, and {@link io.masterdeal.client.PlatformClient} calls any other part
 * of the API. All follow the retry rule of {@link io.masterdeal.client.RetryPolicy}, and none starts a thread of its own.
 */
@NullMarked
package io.masterdeal.client;

import org.jspecify.annotations.NullMarked;
