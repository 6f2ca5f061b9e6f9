/**
 * The demonstration: six simulated systems do business through a whole platform, a person watches, and in the end the
 * answers of the platform are compared with what the systems know to have happened.
 */
@NullMarked
package io.masterdeal.app.demo;

import org.jspecify.annotations.NullMarked;
