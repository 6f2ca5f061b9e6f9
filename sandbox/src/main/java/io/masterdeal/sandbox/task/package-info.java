/**
 * Task-Tracker: one task a deal, which follows the stage that MasterDeal answers.
 * Its statuses and its actions.
 */
@NullMarked
package io.masterdeal.sandbox.task;

import org.jspecify.annotations.NullMarked;
