/**
 * Canonical forms of text values in the contracts: instants, UUIDs, the order of text and the allowed characters. Depends
 * only on the JDK.
 */
@NullMarked
package io.masterdeal.contracts.text;

import org.jspecify.annotations.NullMarked;
