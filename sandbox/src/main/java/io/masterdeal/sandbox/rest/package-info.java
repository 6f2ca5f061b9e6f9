/**
 * The REST API of the six systems, with access control and fault injection.
 * One set of controllers serves all six, for they differ in their declarations only.
 */
@NullMarked
package io.masterdeal.sandbox.rest;

import org.jspecify.annotations.NullMarked;
