package io.masterdeal.model.deal;

import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.Version;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a deal stands after all facts of one instant. It shows the fold's own state, so it is valid only until the fold goes on. */
public final class DealInstant {

    private final StatusView view;

    private final ConditionEvaluator evaluator;

    private final Instant at;

    private final String stage;

    private final Outcome outcome;

    private final boolean changed;

    DealInstant(
            StatusView view, ConditionEvaluator evaluator, Instant at, String stage, Outcome outcome, boolean changed) {
        this.view = view;
        this.evaluator = evaluator;
        this.at = at;
        this.stage = stage;
        this.outcome = outcome;
        this.changed = changed;
    }

    /** The rule set of the fold. */
    public RuleSet rules() {
        return view.rules;
    }

    /** Which instant, UTC. */
    public Instant at() {
        return at;
    }

    /** The stage from this instant on. */
    public String stage() {
        return stage;
    }

    /** How the deal has ended, if it has. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether a status changed at this instant, or the root had one for the first time. */
    public boolean changed() {
        return changed;
    }

    /**
     * Whether the condition of a stage holds, whatever the stage is.
     *
     * @param name a stage of the rule set, not {@code none}
     */
    public boolean holds(String name) {
        for (Stage each : view.rules.stages()) {
            if (each.name().equals(name)) {
                return evaluator.holds(each.when());
            }
        }
        return false;
    }

    /** The objects of a kind that have a status, each with it. */
    public Map<ObjectKey, CurrentStatus> objects(ObjectKind kind) {
        return Collections.unmodifiableMap(view.objects(kind));
    }

    /** The status of one object; null if it has none. */
    public @Nullable String status(ObjectKey key) {
        CurrentStatus status = view.objects(key.kind()).get(key);
        return status == null ? null : status.status();
    }

    /** Every status that the root had up to now. */
    public Set<String> rootEver() {
        Map<String, Version> ever = view.ever;
        return Collections.unmodifiableSet(ever.keySet());
    }
}
