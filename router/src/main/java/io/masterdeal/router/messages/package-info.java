/** Finds events by their ids, and shows their whole path: accepted, committed, published, and delivered to each subscriber. */
@NullMarked
package io.masterdeal.router.messages;

import org.jspecify.annotations.NullMarked;
