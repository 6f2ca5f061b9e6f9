/** Finds any event by its ids, and shows its whole way: accepted, committed, published, and what each subscriber got. */
@NullMarked
package io.masterdeal.router.messages;

import org.jspecify.annotations.NullMarked;
