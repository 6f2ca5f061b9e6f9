/**
 * Legal: checks of contracts that were signed, of which it is notified.
 * Its statuses, its actions, and the lawyers at work.
 */
@NullMarked
package io.masterdeal.sandbox.legal;

import org.jspecify.annotations.NullMarked;
