package io.masterdeal.app.demo;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The deliveries of the event router at the end of a demonstration.
 *
 * @param sums by subscription
 * @param unexplained descriptions of dead letters that the injected faults do not explain
 * @param refusedWhileAway how often the context answered that it was away
 */
public record DeliverySummary(Map<String, DeliveryCounts> sums, List<String> unexplained, long refusedWhileAway) {

    private static final int MAX_PRINTED = 20;

    /** All problems; empty if there are none. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        sums.forEach((name, each) -> {
            if (!each.addUp()) {
                problems.add("the deliveries of " + name + " do not add up");
            }
        });
        unexplained.stream().limit(MAX_PRINTED).forEach(letter -> problems.add("dead letter: " + letter));
        if (unexplained.size() > MAX_PRINTED) {
            problems.add("and " + (unexplained.size() - MAX_PRINTED) + " dead letters more");
        }
        return problems;
    }

    void print(PrintWriter out) {
        DeliveryCounts all = DeliveryCounts.total(sums.values());
        out.println("deliveries " + all + (all.addUp() ? "" : ", WHICH DOES NOT ADD UP"));
        sums.forEach((name, each) -> out.println("  " + pad(name) + each
                + (each.addUp() ? "" : ", WHICH DOES NOT ADD UP")
                + (name.equals(LedgerClient.CONTEXT) && refusedWhileAway > 0
                        ? "; answered " + refusedWhileAway + " times that it is away"
                        : "")));
        problems().forEach(out::println);
    }

    private static String pad(String name) {
        return String.format(Locale.ROOT, "%-16s ", name);
    }
}
