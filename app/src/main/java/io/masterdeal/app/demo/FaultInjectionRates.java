package io.masterdeal.app.demo;

/**
 * How often each fault is injected, in percent, 0 to 100.
 *
 * @param lose of events: never sent
 * @param duplicates of events: sent twice
 * @param reorder of events: sent after later ones
 * @param delay of events: sent some seconds later
 * @param slow of REST requests: answered late
 * @param fail of REST requests: answered with 503, half of them although the request was carried out
 * @param down of the time: a system is away, for three seconds at a time
 */
public record FaultInjectionRates(
        double lose, double duplicates, double reorder, double delay, double slow, double fail, double down) {}
