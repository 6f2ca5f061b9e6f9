package io.masterdeal.breach.first;

import io.masterdeal.breach.second.Second;

/** Breaches a rule on purpose: in a cycle with {@link Second}. */
public record First(Second second) {}
