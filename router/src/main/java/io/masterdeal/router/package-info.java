/** The role {@code router}: delivers every event to its subscribers, and keeps a ledger of every delivery. */
@NullMarked
package io.masterdeal.router;

import org.jspecify.annotations.NullMarked;
