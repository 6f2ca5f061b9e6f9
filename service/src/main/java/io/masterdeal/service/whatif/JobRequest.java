package io.masterdeal.service.whatif;

import io.masterdeal.facts.whatif.TrialFilter;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.rulesets.RuleSetFile;

/**
 * What is asked.
 *
 * @param present the rule set in use
 * @param tried the other one
 * @param filter about which deals
 * @param askedBy the person, or the principal if no person is named
 */
record JobRequest(RuleSet present, RuleSetFile tried, TrialFilter filter, String askedBy) {}
