package io.masterdeal.model.sla;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealInstant;
import io.masterdeal.model.deal.FoldListener;
import io.masterdeal.model.deal.RootAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs all clocks of one deal while its facts are folded. Of a fold that was resumed, only the last cycle before that of each clock and
 * the cycles since then are known: they are in its scope. Not thread-safe.
 */
public final class SlaFold implements FoldListener {

    /** The attribute of the root that names the client of the deal. */
    static final String CLIENT = "client";

    private final ObjectKey root;

    private final SlaEvaluator evaluator;

    /** Of each policy its clocks: one, under the root, or one for each object. */
    private final List<PolicyClocks> policies = new ArrayList<>();

    private final RootAttributes attributes = new RootAttributes();

    private final SortedMap<Instant, KeptClocks> keptAt = new TreeMap<>();

    private boolean attributeChanged;

    private boolean anyInstant;

    SlaFold(ObjectKey root, SlaEvaluator evaluator, List<SlaPolicy> policies) {
        this.root = root;
        this.evaluator = evaluator;
        for (SlaPolicy policy : policies) {
            PolicyClocks clocks = new PolicyClocks(policy, new TreeMap<>());
            if (policy.per() == null) {
                clocks.byObject.put(root, new Clock(policy, null));
            }
            this.policies.add(clocks);
        }
    }

    private record PolicyClocks(SlaPolicy policy, TreeMap<ObjectKey, Clock> byObject) {}

    /**
     * Continues from kept clocks.
     *
     * @return whether they fit the policies
     */
    boolean restore(KeptClocks kept, Instant keptAt) {
        anyInstant = kept.anyInstant();
        for (RootAttributes.Attribute attribute : kept.attributes()) {
            if (!evaluator.attributesKept().contains(attribute.name())) {
                return false;
            }
            attributes.restore(attribute);
        }
        for (KeptClocks.Kept clock : kept.clocks()) {
            PolicyClocks clocks = clocksOf(clock.policy());
            if (clocks == null || !Clock.fits(clocks.policy, clock, keptAt.toEpochMilli())) {
                return false;
            }
            ObjectKey key = clock.object() == null ? root : clock.object();
            clocks.byObject.put(key, Clock.resumed(clocks.policy, clock));
        }
        return true;
    }

    private @Nullable PolicyClocks clocksOf(String policy) {
        for (PolicyClocks each : policies) {
            if (each.policy.name().equals(policy)) {
                return each;
            }
        }
        return null;
    }

    /** In the order of the policies; of one policy by object. */
    List<Clock> clocks() {
        List<Clock> all = new ArrayList<>();
        policies.forEach(policy -> all.addAll(policy.byObject.values()));
        return all;
    }

    @Nullable
    String client() {
        return attributes.value(CLIENT);
    }

    /** What to keep in order to {@link SlaEvaluator#resume resume} after the facts folded so far. */
    public KeptClocks kept() {
        List<KeptClocks.Kept> clocks = new ArrayList<>();
        for (Clock clock : clocks()) {
            if (!clock.isUntouched()) {
                clocks.add(clock.kept());
            }
        }
        return new KeptClocks(clocks, attributes.kept(), anyInstant);
    }

    /** What to keep in order to resume at the checkpoints that were made since this fold began or was resumed, by their instants. */
    public SortedMap<Instant, KeptClocks> keptAt() {
        return Collections.unmodifiableSortedMap(keptAt);
    }

    /**
     * Whether the kept clocks do not suffice: two facts of the same version have the same attribute, and the content that would decide
     * was not kept. Then all facts of the deal have to be folded, and this fold to be discarded.
     */
    public boolean needsAll() {
        return attributes.isUndecided();
    }

    /**
     * Whether a cycle is not in the scope of this fold because it had ended, and another one of its clock had started, before the
     * fold was resumed. What was found of it then still holds. False in a fold that was not resumed.
     *
     * @param policy the name of the policy
     * @param object whose clock it is; null for the deal's own
     * @param startedAt when the cycle started
     */
    public boolean isSettled(String policy, @Nullable ObjectKey object, Instant startedAt) {
        PolicyClocks clocks = clocksOf(policy);
        Clock clock = clocks == null ? null : clocks.byObject.get(object == null ? root : object);
        return clock != null && clock.hasEnded(startedAt.toEpochMilli());
    }

    @Override
    public void onFact(Fact fact) {
        if (!fact.subject().equals(root)) {
            return;
        }
        for (Map.Entry<String, String> each : fact.attributes().entrySet()) {
            String name = each.getKey();
            if (evaluator.attributesKept().contains(name)) {
                boolean changed = attributes.put(name, each.getValue(), fact);
                attributeChanged |= changed && evaluator.attributesRead().contains(name);
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

    @Override
    public void onCheckpoint(Instant at) {
        keptAt.put(at, kept());
    }
}
