package io.masterdeal.console.monitoring;

import io.masterdeal.console.errors.ErrorGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the screen shows: the four figures of integration monitoring, and how each process does.
 *
 * @param sampledAt when the processes were last asked, UTC; null before the first time
 * @param measuredSince since when rates are known
 * @param totals the head figures
 * @param types active events by type
 * @param topics what the intake has not taken in yet, by topic
 * @param sinks what is under way to subscribers
 * @param delays the steps of an event's way, in order
 * @param desyncs where domains and MasterDeal do not agree
 * @param sla clocks by policy
 * @param processes health
 * @param errors error events by reason
 * @param missing roles that did not answer, with what they said
 */
public record MonitoringFigures(
        @Nullable Instant sampledAt,
        @Nullable Instant measuredSince,
        Totals totals,
        List<TypeRate> types,
        List<TopicLag> topics,
        List<SinkState> sinks,
        List<DelayFigures> delays,
        List<Desync> desyncs,
        List<PolicyFigures> sla,
        List<ProcessHealth> processes,
        List<ErrorGroup> errors,
        Map<String, String> missing) {

    /**
     * One number for each of the four figures.
     *
     * @param perMinute events taken in during the last minute
     * @param inFlight records and deliveries that are not done
     * @param slowest the greatest p95 among the platform's own steps in the last hour; null if nothing was measured
     * @param desyncs all open ones together
     * @param breached open deals with a breached clock
     * @param atRisk open deals at risk
     */
    public record Totals(
            long perMinute, long inFlight, @Nullable Duration slowest, long desyncs, long breached, long atRisk) {}

    /**
     * Events of a type.
     *
     * @param type such as {@code crm.deal.created}
     * @param perMinute taken in during the last minute
     * @param lastHour taken in during the last hour, or since the console measures
     * @param routed read by the router since the beginning of the hour before; null if it was not told
     * @param deadLetters dead letters of this type
     */
    public record TypeRate(
            String type,
            long perMinute,
            long lastHour,
            @Nullable Long routed,
            long deadLetters) {}

    /** Records of a topic that the intake has not taken in yet. */
    public record TopicLag(String topic, long lag) {}

    /** Deliveries of a subscription. */
    public record SinkState(String subscription, long pending, long parked, long deadLetters) {}

    /**
     * How long a step takes.
     *
     * @param from point where it begins
     * @param to point where it ends
     * @param own whether the platform's promise covers it: what a source tells late does not count
     * @param minute of the last minute; null without events
     * @param hour of the last hour; null without events
     */
    public record DelayFigures(
            String from,
            String to,
            boolean own,
            @Nullable DelayWindow minute,
            @Nullable DelayWindow hour) {}

    /** Delays of a span of time. */
    public record DelayWindow(long count, Duration p50, Duration p95, Duration max) {}

    /**
     * Where domains and MasterDeal do not agree.
     *
     * @param kind gaps, contradictory, orphans or conflicts
     * @param count how many; null if that is not known
     * @param more whether there may be more than {@code count}
     * @param oldest since when the oldest of them is there, UTC; null if there is none or it is not known
     * @param link where they are listed
     */
    public record Desync(
            String kind,
            @Nullable Long count,
            boolean more,
            @Nullable Instant oldest,
            String link) {}

    /** Clocks of a policy. */
    public record PolicyFigures(
            String policy, long running, long atRisk, long breached, long breachedInPeriod, long met) {
        /** The share of the ended clocks that were met; null if none has ended. */
        public @Nullable Double metShare() {
            return met + breached == 0 ? null : (double) met / (met + breached);
        }
    }

    /** Health of a process. */
    public record ProcessHealth(
            String role, String host, boolean up, String status, boolean ready, List<Part> parts, String problem) {}

    /** A component of health that is not up, or what a process is doing. */
    public record Part(String name, String status) {}

    /** The promise of the platform: from an event's acceptance to its canonical event. */
    public static final Duration PROMISED = Duration.ofSeconds(10);
}
