/** What operators do to many items: how far it is, and what became of each item. */
@NullMarked
package io.masterdeal.console.operations;

import org.jspecify.annotations.NullMarked;
