package io.masterdeal.facts.whatif;

import io.masterdeal.facts.ActiveRuleSet;
import io.masterdeal.facts.settings.SettingRefusedException;
import io.masterdeal.model.rules.RuleSet;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a rule set from coming into use that would move more deals than was expected: a wrong file would publish as many wrong answers,
 * and have effects sent because of them.
 */
public final class RuleChangeGuard implements ActiveRuleSet.Check {

    /** So many deals may move at any time. */
    public static final long FEW = 20;

    /** And such a part of them. */
    public static final double SMALL_SHARE = 0.05;

    private static final Logger log = LoggerFactory.getLogger(RuleChangeGuard.class);

    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private static final int MOVES_TOLD = 5;

    private final RuleSet rules;

    private final long accepted;

    private final Duration tellEvery;

    /**
     * A guard.
     *
     * @param rules the rule set that this process brings
     * @param accepted so many deals may move to another stage, 0 or more
     */
    public RuleChangeGuard(RuleSet rules, long accepted) {
        this(rules, accepted, TELL_EVERY);
    }

    RuleChangeGuard(RuleSet rules, long accepted, Duration tellEvery) {
        if (accepted < 0) {
            throw new IllegalArgumentException(
                    "masterdeal.service.rules.accept-moves is a number of deals, 0 or more, not " + accepted);
        }
        this.rules = rules;
        this.accepted = accepted;
        this.tellEvery = tellEvery;
    }

    @Override
    public void check(Connection connection, String before) throws SQLException {
        TrialFindings findings = judgeAll(connection, before);
        log.info(
                "rule set {} moves {} of {} deals to another stage, compared with {}",
                rules.label(),
                findings.moved(),
                findings.judged(),
                before);
        if (findings.moved() > Math.max(FEW, accepted) && findings.share() > SMALL_SHARE) {
            throw new SettingRefusedException(refusal(findings, before));
        }
    }

    private TrialFindings judgeAll(Connection connection, String before) throws SQLException {
        long total = RuleTrial.total(connection);
        TrialFindings findings = new TrialFindings();
        RuleTrial trial = new RuleTrial(null, rules, TrialFilter.ALL);
        long told = System.nanoTime();
        while (!trial.isEnded()) {
            trial.next(connection, findings);
            if (System.nanoTime() - told > tellEvery.toNanos()) {
                told = System.nanoTime();
                log.info(
                        "the rule set changes from {} to {}: {} of {} deals judged, {} would move",
                        before,
                        rules.label(),
                        findings.looked(),
                        total,
                        findings.moved());
            }
        }
        return findings;
    }

    private String refusal(TrialFindings findings, String before) {
        String largest = findings.stages().entrySet().stream()
                .filter(each -> !each.getKey().from().equals(each.getKey().to()))
                .sorted(Map.Entry.<TrialFindings.Move, Long>comparingByValue().reversed())
                .limit(MOVES_TOLD)
                .map(each -> each.getKey().from() + " -> " + each.getKey().to() + " " + each.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "the rule set %s would move %d of %d deals (%.1f %%) to another stage, so it does not come into use and"
                        + " nothing is changed. The largest moves: %s. If that is what you want, start with"
                        + " masterdeal.service.rules.accept-moves=%d (./masterdeal up --accept-moves %d). If not, start with"
                        + " the present rule set, %s, and see with './masterdeal what-if' which deals it is about.",
                rules.label(),
                findings.moved(),
                findings.judged(),
                100 * findings.share(),
                largest,
                findings.moved(),
                findings.moved(),
                before.replaceFirst("#.*", ""));
    }
}
