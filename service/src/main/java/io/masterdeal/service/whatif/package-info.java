/** What another rule set would make of all deals: asked for by an operator, found in the background, kept for a week. */
@NullMarked
package io.masterdeal.service.whatif;

import org.jspecify.annotations.NullMarked;
