/** What another rule set would make of the deals that are kept, found without changing any of them. */
@NullMarked
package io.masterdeal.facts.whatif;

import org.jspecify.annotations.NullMarked;
