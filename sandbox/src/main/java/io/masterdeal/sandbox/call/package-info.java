/**
 * Calls of a system through the gateway: with its own key, a timeout, and retries where they help. Stages of deals are read here too.
 */
@NullMarked
package io.masterdeal.sandbox.call;

import org.jspecify.annotations.NullMarked;
