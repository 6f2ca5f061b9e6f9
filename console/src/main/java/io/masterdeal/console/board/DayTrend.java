package io.masterdeal.console.board;

import java.time.LocalDate;

/**
 * What happened on a day, in UTC, by the timelines and clocks of all deals.
 *
 * @param day in UTC
 * @param entered deals that got their first stage
 * @param moved changes of stage
 * @param backward changes of stage back
 * @param closed deals that are won, by their last change of stage
 * @param breached clocks whose target was spent, as far as events have told it, done since or not
 */
public record DayTrend(LocalDate day, int entered, int moved, int backward, int closed, int breached) {}
