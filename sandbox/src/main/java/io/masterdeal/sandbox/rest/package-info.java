/**
 * The doors of the six systems: their REST API, who may come in, and how faults are injected there.
 * One set of controllers serves all six, for they differ in their declarations only.
 */
@NullMarked
package io.masterdeal.sandbox.rest;

import org.jspecify.annotations.NullMarked;
