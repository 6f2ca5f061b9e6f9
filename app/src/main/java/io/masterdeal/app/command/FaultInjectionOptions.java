package io.masterdeal.app.command;

import io.masterdeal.app.demo.FaultInjectionRates;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which faults are injected in a demonstration, and how often. */
final class FaultInjectionOptions {

    @Option(
            names = "--lose",
            paramLabel = "PCT",
            defaultValue = "0",
            description = "Percentage of events that are never sent (default: 0).")
    private double lose;

    @Option(
            names = "--duplicates",
            paramLabel = "PCT",
            defaultValue = "5",
            description = "Percentage of events that are sent twice (default: 5).")
    private double duplicates;

    @Option(
            names = "--reorder",
            paramLabel = "PCT",
            defaultValue = "5",
            description = "Percentage of events that are sent after later ones (default: 5).")
    private double reorder;

    @Option(
            names = "--delay",
            paramLabel = "PCT",
            defaultValue = "3",
            description = "Percentage of events that are sent some seconds late (default: 3).")
    private double delay;

    @Option(
            names = "--slow",
            paramLabel = "PCT",
            defaultValue = "2",
            description = "Percentage of answers of the systems that are late (default: 2).")
    private double slow;

    @Option(
            names = "--fail",
            paramLabel = "PCT",
            defaultValue = "2",
            description =
                    "Percentage of requests to the systems that fail, half of them after they were done (default: 2).")
    private double fail;

    @Option(
            names = "--down",
            paramLabel = "PCT",
            defaultValue = "3",
            description =
                    "Percentage of the time for which each system is away, three seconds at a time (default: 3, once in 100 s).")
    private double down;

    /** The percentages by option. */
    Map<String, Double> percentages() {
        Map<String, Double> percentages = new LinkedHashMap<>();
        percentages.put("--lose", lose);
        percentages.put("--duplicates", duplicates);
        percentages.put("--reorder", reorder);
        percentages.put("--delay", delay);
        percentages.put("--slow", slow);
        percentages.put("--fail", fail);
        percentages.put("--down", down);
        return percentages;
    }

    FaultInjectionRates rates() {
        return new FaultInjectionRates(lose, duplicates, reorder, delay, slow, fail, down);
    }
}
