package io.masterdeal.service.query;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.contracts.catalog.EventType;
import io.masterdeal.effects.AskedOfSystems;
import io.masterdeal.effects.AskedOfSystems.Asked;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.deal.DealFold;
import io.masterdeal.model.deal.Finding;
import io.masterdeal.model.deal.Missing;
import io.masterdeal.model.deal.MissingFact;
import io.masterdeal.model.deal.MissingSearch;
import io.masterdeal.model.deal.Unmet;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.WhyQueries.StoredDeal;
import io.masterdeal.service.query.WhyView.AlternativeView;
import io.masterdeal.service.query.WhyView.EvidenceView;
import io.masterdeal.service.query.WhyView.MissingView;
import io.masterdeal.service.query.WhyView.StageView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Says what a deal waits for: reads the deal once, and searches for future facts in memory. */
@Component
class WhyAnswers {

    /** Objects of a deal for which the search is still quick: with twice as many it takes four times as long. */
    private static final int MOST_OBJECTS = 3_000;

    /** Every stage is wanted. */
    private static final String ALL = "all";

    /** Facts of one stage, objects of one condition, effects and clocks that are told. */
    private static final int MOST = 50;

    private final WhyQueries queries;

    private final AskedOfSystems asked;

    private final RuleSet rules;

    private final EventCatalog catalog;

    WhyAnswers(WhyQueries queries, AskedOfSystems asked, RuleSet rules, EventCatalog catalog) {
        this.queries = queries;
        this.asked = asked;
        this.rules = rules;
        this.catalog = catalog;
    }

    /** What is missing is found by trying, and conditions may compare all contracts with all cases. */
    static void checkSize(StoredDeal deal) {
        int objects = deal.state().members().size();
        if (objects > MOST_OBJECTS) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "too many objects",
                    "'" + deal.root() + "' has " + objects + " objects; what is missing is told of deals with at most "
                            + MOST_OBJECTS + ". GET /masterdeal/" + deal.id() + " tells which conditions do not hold.");
        }
    }

    /**
     * What a deal waits for.
     *
     * @param id of the deal, which exists
     * @param stage a stage, or {@code all}; null for the gaps and the next stage
     * @throws Problem if there is no such stage, the deal has too many objects, or it is not computed with the rule set in use yet
     */
    WhyView why(UUID id, @Nullable String stage) {
        StoredDeal deal = queries.deal(id);
        if (!rules.meaning().equals(deal.meaning())) {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "not computed yet",
                    "The answer of this deal is still that of the rule set before (" + deal.ruleSet()
                            + "). Ask again when GET /intake says that no fold is pending.");
        }
        checkSize(deal);
        Map<String, Finding> findings =
                DealFold.resume(deal.root(), rules, deal.state()).answer().findings();
        List<Stage> stages = wanted(stage, deal, findings);
        List<Asked> effects = asked.of(id, MOST);
        Map<UUID, EvidenceView> facts = evidence(deal, stages, findings);
        return new WhyView(
                id.toString(),
                deal.root().value(),
                deal.stage(),
                deal.outcome(),
                deal.revision(),
                deal.ruleSet(),
                deal.state().timeline().isEmpty()
                        ? null
                        : Times.text(deal.state().timeline().getLast().effectiveAt()),
                stages.stream()
                        .map(it -> view(deal, it, finding(findings, it), facts, effects))
                        .toList(),
                effects,
                queries.openClocks(deal.root().value(), MOST));
    }

    private static Finding finding(Map<String, Finding> findings, Stage stage) {
        return Objects.requireNonNull(findings.get(stage.name()), stage.name());
    }

    private List<Stage> wanted(@Nullable String stage, StoredDeal deal, Map<String, Finding> findings) {
        if (stage == null) {
            List<Stage> missing = rules.stages().stream()
                    .filter(it -> !finding(findings, it).holds())
                    .toList();
            long gaps = missing.stream()
                    .filter(it -> rules.rank(it.name()) < rules.rank(deal.stage()))
                    .count();
            return missing.stream().limit(gaps + 1).toList();
        }
        List<Stage> wanted = rules.stages().stream()
                .filter(it -> stage.equals(ALL) || it.name().equals(stage))
                .toList();
        if (wanted.isEmpty()) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "no such stage",
                    "'stage' is 'all' or one of "
                            + rules.stages().stream().map(Stage::name).collect(Collectors.joining(", ")) + ".");
        }
        return wanted;
    }

    private Map<UUID, EvidenceView> evidence(StoredDeal deal, List<Stage> stages, Map<String, Finding> findings) {
        Set<UUID> ids = stages.stream()
                .flatMap(it -> finding(findings, it).evidence().stream().limit(MOST))
                .collect(Collectors.toSet());
        Set<ObjectKey> objects = new HashSet<>(deal.state().members().keySet());
        objects.add(deal.root());
        return queries.evidence(ids, objects);
    }

    private StageView view(
            StoredDeal deal, Stage stage, Finding finding, Map<UUID, EvidenceView> facts, List<Asked> effects) {
        Missing missing = MissingSearch.of(deal.root(), rules, deal.state(), stage.name());
        return new StageView(
                stage.name(),
                finding.holds(),
                finding.evidence().stream()
                        .limit(MOST)
                        .map(facts::get)
                        .filter(Objects::nonNull)
                        .toList(),
                finding.evidence().size(),
                Unmet.of(deal.root(), rules, deal.state(), stage).stream()
                        .map(it -> UnmetViews.of(it, deal.state()))
                        .toList(),
                missing.alternatives().stream()
                        .map(it -> new AlternativeView(
                                it.stream().map(fact -> view(fact, effects)).toList()))
                        .toList(),
                missing.found(),
                missing.truncated());
    }

    private MissingView view(MissingFact fact, List<Asked> effects) {
        String kind = fact.kind().value();
        String owner = fact.kind().domain();
        return new MissingView(
                kind,
                fact.object() == null ? null : fact.object().value(),
                fact.newObject() == 0 ? null : (Integer) fact.newObject(),
                fact.status(),
                fact.link() == null ? null : fact.link().value(),
                fact.linkToNew() == 0 ? null : (Integer) fact.linkToNew(),
                owner,
                catalog.types().stream()
                        .filter(it -> it.ofDomain()
                                && kind.equals(it.objectKind())
                                && fact.status().equals(it.status()))
                        .map(EventType::name)
                        .toList(),
                effects.stream()
                        .filter(it -> it.asksFor(kind, owner))
                        .map(Asked::id)
                        .toList());
    }
}
