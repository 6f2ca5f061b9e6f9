package io.masterdeal.service;

import io.masterdeal.facts.ActiveFields;
import io.masterdeal.facts.ActiveRuleSet;
import io.masterdeal.facts.ActiveSla;
import io.masterdeal.facts.FieldNames;
import io.masterdeal.facts.WorkTakenOver;
import io.masterdeal.facts.settings.SettingGuard;
import io.masterdeal.facts.settings.SettingGuard.AtStart;
import io.masterdeal.facts.settings.WorkSettings;
import io.masterdeal.facts.whatif.RuleChangeGuard;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.rulesets.RuleSetFile;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What this process must have the same as all others of its schema: some of it to start at all, the rest to work. */
@Component
class GuardedSettings {

    private final DataSource dataSource;

    private final ActiveRuleSet rules;

    private final ActiveSla sla;

    private final ActiveFields fields;

    private final WorkTakenOver work;

    GuardedSettings(
            DataSource dataSource,
            RuleSetFile rules,
            @Value("${masterdeal.service.rules.accept-moves:0}") long acceptedMoves,
            SlaEvaluator sla,
            FieldNames fields,
            WorkSettings work) {
        this.dataSource = dataSource;
        this.rules = new ActiveRuleSet(
                rules.rules().identity(), rules.text(), new RuleChangeGuard(rules.rules(), acceptedMoves));
        this.sla = new ActiveSla(sla.meaning(), sla.label());
        this.fields = new ActiveFields(fields);
        this.work = new WorkTakenOver(work);
    }

    /**
     * Guards of what answers are made with, in the order in which they have to start.
     *
     * @param onOthers called if others come into use later; see {@link SettingGuard}
     */
    List<SettingGuard> answers(Consumer<String> onOthers) {
        return Stream.of(rules, sla, fields)
                .map(setting -> new SettingGuard(dataSource, setting, AtStart.REFUSE, () -> {}, onOthers))
                .toList();
    }

    /**
     * The guard of what events are taken in and effects are sent with.
     *
     * @param begin called when they are in use
     * @param onOthers called if others come into use after that
     */
    SettingGuard work(Runnable begin, Consumer<String> onOthers) {
        return new SettingGuard(dataSource, work, AtStart.STAND_BY, begin, onOthers);
    }
}
