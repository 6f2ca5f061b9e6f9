/**
 * MediaPush: media plans and placements, and the people who plan.
 * It takes the command of MasterDeal to plan for a deal.
 */
@NullMarked
package io.masterdeal.sandbox.media;

import org.jspecify.annotations.NullMarked;
