package io.masterdeal.app.demo;

/**
 * What to simulate.
 *
 * @param deals how many deals; 0 for no end
 * @param rate new deals a second
 * @param seed decides the stories and the faults
 * @param tag part of all keys, lower-case letters and digits, so that no two runs share an object
 * @param faults which faults to inject
 */
public record SimulationSettings(int deals, double rate, long seed, String tag, FaultInjectionRates faults) {}
