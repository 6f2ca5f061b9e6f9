package io.masterdeal.app.demo;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What a demonstration shows of SLA.
 *
 * @param clocks the clocks of all deals, as the service counts them
 * @param told the canonical events about SLA since the demonstration began
 * @param tasks the tasks that Task-Tracker has because of them
 */
public record SlaCounts(Clocks clocks, Told told, Tasks tasks) {

    /** Nothing at all. */
    static final SlaCounts NONE = new SlaCounts(new Clocks(0, 0, 0, 0, 0, 0), new Told(0, 0, 0, 0), new Tasks(0, 0));

    /**
     * Clocks by the state of their last cycle.
     *
     * @param running those that count
     * @param paused those that wait
     * @param atRisk those that run or wait, are not breached, and have passed a warning
     * @param met those that ended in time
     * @param breached those whose target was spent
     * @param cancelled those that ended as not needed
     */
    public record Clocks(long running, long paused, long atRisk, long met, long breached, long cancelled) {

        /** Adds up the groups of the service's {@code GET /sla/summary}. */
        static Clocks of(JsonNode groups) {
            return new Clocks(
                    sum(groups, "running"),
                    sum(groups, "paused"),
                    sum(groups, "at_risk"),
                    sum(groups, "met"),
                    sum(groups, "breached"),
                    sum(groups, "cancelled"));
        }

        private static long sum(JsonNode groups, String name) {
            return groups.valueStream()
                    .mapToLong(group -> group.path(name).longValue(0))
                    .sum();
        }

        /** How many have not ended. */
        long open() {
            return running + paused;
        }
    }

    /**
     * Canonical events about SLA.
     *
     * @param warned warnings
     * @param breached breaches of deals that were not closed
     * @param closedLate deals whose closing was published as a breach
     * @param retracted warnings and breaches that were taken back
     */
    public record Told(long warned, long breached, long closedLate, long retracted) {}

    /**
     * Tasks that Task-Tracker was given because of SLA.
     *
     * @param open those to be done
     * @param closed those that were done, or are needless
     */
    public record Tasks(long open, long closed) {

        /** Reads the status of the simulated systems. */
        static Tasks of(JsonNode status) {
            JsonNode tasks = status.path("sla_tasks");
            return new Tasks(
                    tasks.path("open").longValue(0), tasks.path("closed").longValue(0));
        }
    }

    /** The clocks in words. */
    String clocksText() {
        return String.format(
                Locale.ROOT,
                "%d running, %d paused, %d of them at risk; %d met, %d breached, %d cancelled",
                clocks.running,
                clocks.paused,
                clocks.atRisk,
                clocks.met,
                clocks.breached,
                clocks.cancelled);
    }

    /** What was told, in words. */
    String toldText() {
        return String.format(
                Locale.ROOT,
                "told %d warnings, %d breaches, %d deals closed late, %d retracted; tasks %d open, %d closed",
                told.warned,
                told.breached,
                told.closedLate,
                told.retracted,
                tasks.open,
                tasks.closed);
    }
}
