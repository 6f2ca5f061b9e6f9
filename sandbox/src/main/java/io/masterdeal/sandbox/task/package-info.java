/**
 * Task-Tracker: one task per deal, which follows the stage in MasterDeal. Its statuses and its actions.
 */
@NullMarked
package io.masterdeal.sandbox.task;

import org.jspecify.annotations.NullMarked;
