/**
 * Sends events from a file unchanged: {@link io.masterdeal.app.send.EventFile} reads them,
 * {@link io.masterdeal.app.send.Sender} gives them to the gateway.
 */
@NullMarked
package io.masterdeal.app.send;

import org.jspecify.annotations.NullMarked;
