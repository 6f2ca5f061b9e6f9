package io.masterdeal.facts;

import io.masterdeal.facts.sla.SlaTerms;
import io.masterdeal.model.rules.RuleSet;
import java.util.List;

/**
 * How the answers about deals are made.
 *
 * @param rules the rule set
 * @param sla how clocks are evaluated
 * @param fields which attributes of roots answers have
 * @param listeners are told of changed deals
 * @param limits what may be held in memory
 */
record Answering(RuleSet rules, SlaTerms sla, FieldNames fields, List<DealListener<?>> listeners, FoldLimits limits) {

    Answering {
        listeners = List.copyOf(listeners);
    }
}
