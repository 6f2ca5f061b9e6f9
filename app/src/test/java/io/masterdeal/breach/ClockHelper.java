package io.masterdeal.breach;

/** Breaches a rule on purpose: by its name. */
public final class ClockHelper {}
