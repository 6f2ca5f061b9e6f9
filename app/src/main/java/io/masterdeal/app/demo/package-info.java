/**
 * The demonstration: six simulated systems do business through a whole platform, a person watches, and in the end what the
 * platform answers is compared with what the systems themselves believe.
 */
@NullMarked
package io.masterdeal.app.demo;

import org.jspecify.annotations.NullMarked;
