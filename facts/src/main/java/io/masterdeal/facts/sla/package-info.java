/** The clocks of deals as they are stored: evaluated in the transaction that changes a deal, told once, taken back if they were wrong. */
@NullMarked
package io.masterdeal.facts.sla;

import org.jspecify.annotations.NullMarked;
