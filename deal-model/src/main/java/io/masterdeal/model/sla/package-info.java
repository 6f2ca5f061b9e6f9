/**
 * Service levels: which clocks a deal has, what they have spent and when they are due. A pure function of the deal's facts, the rule
 * set, the policies, the calendars and one instant. No counter is kept anywhere, so a late fact or a changed policy gives another answer,
 * and nothing has to be repaired. What may be kept of clocks ({@link io.masterdeal.model.sla.KeptClocks}) only saves folding the earlier
 * facts again.
 */
@NullMarked
package io.masterdeal.model.sla;

import org.jspecify.annotations.NullMarked;
