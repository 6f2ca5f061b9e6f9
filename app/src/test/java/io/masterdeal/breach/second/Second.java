package io.masterdeal.breach.second;

import io.masterdeal.breach.first.First;

/** Breaches a rule on purpose: in a cycle with {@link First}. */
public record Second(First first) {}
