package io.masterdeal.service.sla;

import io.masterdeal.facts.FactsOfDeals;
import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.role.database.Readers;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Evaluates the clocks of a stored deal by the policies in use and by others, and changes nothing. */
@Component
class SlaTrial {

    private final JdbcClient jdbc;

    private final SlaEvaluator inUse;

    private final int mostFacts;

    @Autowired
    SlaTrial(Readers readers, SlaEvaluator inUse) {
        this(readers, inUse, SlaQueries.MOST_FACTS);
    }

    SlaTrial(Readers readers, SlaEvaluator inUse, int mostFacts) {
        this.jdbc = readers.jdbc();
        this.inUse = inUse;
        this.mostFacts = mostFacts;
    }

    /** Both reports, made from the same facts. */
    record Reports(SlaReport now, SlaReport tried) {}

    /**
     * Evaluates one deal twice.
     *
     * @param id of the deal, which exists
     * @param tried other policies than those in use, for the same rule set
     * @return null if the deal has too many facts
     */
    @Nullable
    Reports run(UUID id, SlaEvaluator tried, Instant at) {
        Set<String> attributes = new HashSet<>(inUse.attributesRead());
        attributes.addAll(tried.attributesRead());
        ObjectKey root = new ObjectKey(jdbc.sql("SELECT root_key FROM deals WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single());
        Map<UUID, List<Fact>> found = new FactsOfDeals(jdbc, attributes).of(List.of(id), mostFacts);
        if (found == null) {
            return null;
        }
        List<Fact> facts = found.getOrDefault(id, List.of());
        return new Reports(inUse.report(root, facts, at), tried.report(root, facts, at));
    }
}
