/**
 * The engine every simulated system runs on: objects with a status of their own words, a version and a history.
 * Each system declares its kinds and transitions as data; a change and its event are one step.
 */
@NullMarked
package io.masterdeal.sandbox.system;

import org.jspecify.annotations.NullMarked;
