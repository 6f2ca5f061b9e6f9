package io.masterdeal.console.board;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where all deals stand, by their newest canonical events. SLA states are those of the instant of asking. All methods may be called by
 * any thread, and answer from memory.
 */
public interface Board {
    /** Grows with each change. */
    long version();

    /** Whether everything is read that was in the topic when this process started. Until then counts are too small. */
    boolean isCurrent();

    /** The stages that deals may have, in their order, with {@code none} first. */
    List<String> stages();

    /** How many deals of a selection stand where, at an instant. */
    BoardCounts counts(DealSelection selection, Instant now);

    /**
     * A page of the deals of a selection.
     *
     * @param after the cursor of the page before; null for the first page
     * @param limit the most deals of the page
     * @param now the instant for SLA states
     * @throws IllegalArgumentException if the cursor is none of this order
     */
    BoardPage page(DealSelection selection, Sort sort, @Nullable String after, int limit, Instant now);

    /** A deal by its id. */
    Optional<Card> card(UUID id);

    /** A deal by the key of its root, such as {@code crm:deal:D-1}. */
    Optional<Card> byRoot(String root);

    /** The values that an attribute has among all deals, sorted, at most {@code limit}. */
    List<String> values(String attribute, int limit);

    /** The rule sets by which deals stand where they stand, such as {@code default@1}, sorted. */
    List<String> ruleSets();

    /**
     * How the SLA clocks of the deals of a selection stand, by policy in the order of their names.
     *
     * @param from clocks that started at or after it are those of the period
     * @param now the instant for SLA states
     * @param within how far ahead a clock is due soon
     */
    List<PolicyCounts> policies(DealSelection selection, Instant from, Instant now, Duration within);

    /** What happened on each day from one to another, both included. */
    List<DayTrend> trend(LocalDate from, LocalDate to);

    /** How the deals of a selection went from stage to stage, by changes at or after an instant. */
    List<Flow> flow(DealSelection selection, Instant from);

    /** Adds a listener; it is told of changes until the board is closed. */
    void listen(BoardListener listener);
}
