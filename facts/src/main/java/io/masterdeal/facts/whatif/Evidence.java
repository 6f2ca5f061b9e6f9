package io.masterdeal.facts.whatif;

import io.masterdeal.facts.whatif.ChangedDeal.DecidingFact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Version;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.model.deal.Finding;
import io.masterdeal.model.deal.PresentStage;
import io.masterdeal.model.rules.RuleSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The facts that decide why a deal would be in another stage. They are all in its state, so none has to be looked up. */
final class Evidence {

    /** A deal may have thousands of contracts, and each change is kept whole. */
    static final int MOST = 50;

    private Evidence() {}

    /**
     * The facts that make the condition of the new stage hold, and those that keep that of the present one from holding, at most
     * {@value #MOST}.
     *
     * @param rules the rule set that is tried
     * @param from the present stage, which the rule set may not have
     * @param to the stage by the rule set
     */
    static List<DecidingFact> of(ObjectKey root, RuleSet rules, DealState state, String from, String to) {
        Map<String, Finding> findings =
                PresentStage.explained(root, rules, state).findings();
        Set<UUID> ids = new LinkedHashSet<>(ids(findings.get(to)));
        if (rules.rank(from) > rules.rank(to)) {
            ids.addAll(ids(findings.get(from)));
        }
        Map<UUID, DecidingFact> facts = facts(root, state);
        List<DecidingFact> evidence = new ArrayList<>();
        for (UUID id : ids) {
            DecidingFact fact = facts.get(id);
            if (fact != null && evidence.size() < MOST) {
                evidence.add(fact);
            }
        }
        return evidence;
    }

    private static List<UUID> ids(@Nullable Finding finding) {
        return finding == null ? List.of() : finding.evidence();
    }

    /** Of each event one fact: a current status rather than one that the root once had. */
    private static Map<UUID, DecidingFact> facts(ObjectKey root, DealState state) {
        Map<UUID, DecidingFact> facts = new HashMap<>();
        state.ever().forEach((status, version) -> add(facts, root, status, version));
        state.current().forEach((key, current) -> add(facts, key, current.status(), current.version()));
        return facts;
    }

    private static void add(Map<UUID, DecidingFact> facts, ObjectKey object, String status, Version version) {
        facts.put(version.eventId(), new DecidingFact(version.eventId(), object, status, version.occurredAt()));
    }
}
