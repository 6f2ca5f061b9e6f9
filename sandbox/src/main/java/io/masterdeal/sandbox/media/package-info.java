/**
 * MediaPush: media plans and placements, and the planners. It accepts the command of MasterDeal to plan for a deal.
 */
@NullMarked
package io.masterdeal.sandbox.media;

import org.jspecify.annotations.NullMarked;
