package io.masterdeal.rulesets;

import io.masterdeal.model.rules.RuleSet;

/**
 * A rule set with the file that says it.
 *
 * @param text the file as it was read
 * @param rules what it means
 * @param titles what it calls stages and statuses
 */
public record RuleSetFile(String text, RuleSet rules, Titles titles) {}
