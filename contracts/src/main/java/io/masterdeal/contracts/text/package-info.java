/**
 * Canonical forms of text values the contracts are made of: instants, UUIDs, the order of text and the characters
 * allowed in it. Depends on the JDK alone.
 */
@NullMarked
package io.masterdeal.contracts.text;

import org.jspecify.annotations.NullMarked;
