/**
 * Service levels: which clocks a deal has, what they have spent and when they are due. A pure function of the deal's facts, the rule
 * set, the policies, the calendars and one instant. No counter is kept anywhere, so a late fact or a changed policy gives another answer,
 * and nothing has to be repaired.
 */
@NullMarked
package io.masterdeal.model.sla;

import org.jspecify.annotations.NullMarked;
