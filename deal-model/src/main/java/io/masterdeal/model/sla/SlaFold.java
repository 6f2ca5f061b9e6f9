package io.masterdeal.model.sla;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealInstant;
import io.masterdeal.model.deal.FoldListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Runs all clocks of one deal while its facts are folded. */
final class SlaFold implements FoldListener {

    private final ObjectKey root;

    private final Set<String> attributesRead;

    /** Of each policy its clocks: one, under the root, or one for each object. */
    private final List<PolicyClocks> policies = new ArrayList<>();

    private final Map<String, Fact> attributes = new HashMap<>();

    private boolean attributeChanged;

    private boolean anyInstant;

    SlaFold(ObjectKey root, List<SlaPolicy> policies, Set<String> attributesRead) {
        this.root = root;
        this.attributesRead = attributesRead;
        for (SlaPolicy policy : policies) {
            PolicyClocks clocks = new PolicyClocks(policy, new TreeMap<>());
            if (policy.per() == null) {
                clocks.byObject.put(root, new Clock(policy, null));
            }
            this.policies.add(clocks);
        }
    }

    private record PolicyClocks(SlaPolicy policy, TreeMap<ObjectKey, Clock> byObject) {}

    /** In the order of the policies; of one policy by object. */
    List<Clock> clocks() {
        List<Clock> all = new ArrayList<>();
        policies.forEach(policy -> all.addAll(policy.byObject.values()));
        return all;
    }

    @Override
    public void onFact(Fact fact) {
        if (attributesRead.isEmpty() || !fact.subject().equals(root)) {
            return;
        }
        for (String name : fact.attributes().keySet()) {
            if (attributesRead.contains(name)) {
                Fact before = attributes.get(name);
                if (before == null || Fact.BY_VERSION.compare(fact, before) > 0) {
                    attributes.put(name, fact);
                    attributeChanged = true;
                }
            }
        }
    }

    /** At an instant that changes nothing, no clock does anything that it would not have done before. */
    @Override
    public void onInstant(DealInstant instant) {
        if (anyInstant && !instant.changed() && !attributeChanged) {
            return;
        }
        anyInstant = true;
        attributeChanged = false;
        for (PolicyClocks each : policies) {
            if (each.policy.per() != null) {
                instant.objects(each.policy.per())
                        .keySet()
                        .forEach(key -> each.byObject.computeIfAbsent(key, it -> new Clock(each.policy, it)));
            }
            each.byObject.values().forEach(clock -> clock.step(new ClockView(instant, attributes, clock.object)));
        }
    }
}
