/**
 * Legal: reviews of signed contracts, of which it is notified. Its statuses, its actions, and the lawyers.
 */
@NullMarked
package io.masterdeal.sandbox.legal;

import org.jspecify.annotations.NullMarked;
