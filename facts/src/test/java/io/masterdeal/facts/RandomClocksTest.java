package io.masterdeal.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import io.masterdeal.model.deal.FactSet;
import io.masterdeal.model.sla.ClockStatus;
import io.masterdeal.model.sla.SlaEvaluator;
import io.masterdeal.model.sla.SlaReport;
import io.masterdeal.model.sla.SlaStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random stories under policies that use everything, told in any order while time passes and deadlines fire: the clocks that are stored
 * are those of all facts at the last instant, what stands is what holds, and the revisions say so.
 */
class RandomClocksTest extends ClockCase {

    private static final int SEEDS = Boolean.getBoolean("masterdeal.long") ? 1500 : 60;

    private static final Instant END = Instant.parse("2027-06-01T00:00:00Z");

    private static final String ALL_WORDS = """
            name: random
            version: 1
            policies:
              - policy: whole
                start: {stage: {reached: lead_created}}
                stop: {stage: {reached: closed}}
                reopen: continue
                target: 900h
                warn: [10, 50, 200]
                end_to_end: true
              - policy: offer
                start: {holds: briefed}
                stop: {stage: {reached: offer_ready}}
                pause: {some: {kind: "legal:case", is: Legal Rejected}}
                target: 100h
                warn: [50]
                segment_at: latest
                segments:
                  - name: large
                    when: {attribute: {name: amount, at_least: 4}}
                    target: 30h
              - policy: review
                per: legal:case
                start: {this: {reached: Legal Started}}
                stop: {this: {reached: Legal Approved}}
                pause: {this: {is: Legal Rejected}}
                target: 50h
                warn: [1, 99]
              - policy: contract
                per: docflow:contract
                start: {this: {reached: Contract Drafted}}
                stop: {this: {reached: Contract Signed}}
                cancel: {this: {is: Contract Rejected}}
                reopen: new
                target: 0s
            """;

    @Test
    void stored_clocks_and_what_was_told_are_those_of_all_facts() {
        SlaEvaluator evaluator = evaluator(ALL_WORDS);
        for (long seed = 1; seed <= SEEDS; seed++) {
            // given
            store = store(ALL_WORDS);
            Random random = new Random(seed);
            List<Statement> story = new ArrayList<>(Histories.of(seed));
            if (random.nextBoolean()) {
                Collections.shuffle(story, random);
            }
            time.now = Instant.parse("2026-01-01T00:00:00Z");

            // when: told in pieces, some twice, in the time the story takes
            List<Statement> told = new ArrayList<>();
            while (told.size() < story.size()) {
                List<Statement> batch = new ArrayList<>(
                        story.subList(told.size(), Math.min(story.size(), told.size() + 1 + random.nextInt(4))));
                told.addAll(batch);
                batch.add(told.get(random.nextInt(told.size())));
                pass(random);
                store.add(Histories.received(batch));
                if (random.nextInt(4) == 0) {
                    fire();
                }
            }
            time.now = END;
            fire();
            settlePending();

            // then
            String what = "seed " + seed;
            Map<ObjectKey, SlaStatus> expected = new HashMap<>();
            new FactSet()
                    .addAll(story)
                    .deals()
                    .forEach((root, facts) -> expected.put(root, evaluator.status(root, upToEnd(facts), END)));
            assertThat(rows(seed)).as(what).isEqualTo(clocks(expected));
            assertThat(stands(seed)).as("what stands, " + what).isEqualTo(marks(expected));
            Map<String, Long> due = deadlines(seed);
            assertThat(due.values()).as("deadlines, " + what).allMatch(at -> at > END.toEpochMilli());
            nextInstants(expected)
                    .forEach((deal, at) -> assertThat(due.getOrDefault(deal, Long.MAX_VALUE))
                            .as("deadline of " + deal + ", " + what)
                            .isLessThanOrEqualTo(at));
            assertThat(saidLast(what)).as("what revisions say, " + what).isEqualTo(toldMarks(seed));

            StoredAnswers stored = new StoredAnswers(database, RULES);
            stored.haveFieldsOf(new FactSet().addAll(story), Histories.suffix(seed), what);
            assertThat(stored.wrongCounts()).as("counts, " + what).isEmpty();

            // when
            store.rebuild();
            settlePending();

            // then
            assertThat(rows(seed)).as("after a rebuild, " + what).isEqualTo(clocks(expected));
            assertThat(deadlines(seed)).as("after a rebuild, " + what).isEqualTo(nextInstants(expected));
            assertThat(published()).as("after a rebuild, " + what).isEmpty();
        }
    }

    private static List<Fact> upToEnd(List<Fact> facts) {
        assertThat(facts).allMatch(fact -> fact.occurredAt().isBefore(END));
        return facts;
    }

    private void pass(Random random) {
        time.now = time.now.plusSeconds(3600L * random.nextInt(200));
    }

    private void settlePending() {
        while (store.settlePending(20) > 0) {
            assertThat(store.pending()).isNotNegative();
        }
    }

    private static Map<String, String> clocks(Map<ObjectKey, SlaStatus> expected) {
        Map<String, String> rows = new TreeMap<>();
        expected.forEach((root, status) -> status.clocks()
                .forEach(clock -> rows.put(
                        root + " " + clock.policy() + " " + text(clock.object()),
                        clock.cycle() + " " + clock.state().name().toLowerCase(Locale.ROOT) + " " + clock.segment()
                                + " "
                                + clock.startedAt().toEpochMilli() + " " + ms(clock.dueAt()) + " "
                                + ms(clock.breachedAt()) + " " + ms(clock.stoppedAt()) + " "
                                + clock.warnings().stream()
                                        .map(SlaReport.Warning::percent)
                                        .toList()
                                + " " + clock.isAtRisk() + " " + clock.spent())));
        return rows;
    }

    private Map<String, String> rows(long seed) {
        Map<String, String> rows = new TreeMap<>();
        database.jdbc()
                .sql("""
                        SELECT concat(root_key, ' ', policy, ' ', object) AS name,
                            concat(cycle, ' ', state, ' ', segment, ' ', ms(started_at), ' ', ms(due_at), ' ', ms(breached_at), ' ',
                            ms(stopped_at), ' [', array_to_string(warned_percent, ', '), '] ',
                            CASE WHEN at_risk THEN 'true' ELSE 'false' END, ' ', coalesce(spent_ms::text, 'null')) AS text
                        FROM sla_clocks WHERE root_key LIKE ?
                        """.replaceAll(
                                "ms\\((\\w+)\\)", "coalesce((extract(epoch FROM $1) * 1000)::bigint::text, 'null')"))
                .param("%" + Histories.suffix(seed))
                .query((row, _) -> rows.put(row.getString("name"), row.getString("text")))
                .list();
        return rows;
    }

    private static Set<String> marks(Map<ObjectKey, SlaStatus> expected) {
        TreeSet<String> marks = new TreeSet<>();
        expected.forEach((root, status) -> {
            for (ClockStatus cycle : status.cycles()) {
                String name = root + " " + cycle.policy() + " " + text(cycle.object()) + " "
                        + cycle.startedAt().toEpochMilli();
                cycle.warnings().forEach(warning -> marks.add(name + " warned " + warning.percent()));
                if (cycle.breachedAt() != null) {
                    marks.add(name + " breached 100");
                }
            }
        });
        return marks;
    }

    private Set<String> stands(long seed) {
        return statements(seed, "s.state <> 'retracted'");
    }

    private Set<String> toldMarks(long seed) {
        return statements(seed, "s.state = 'told'");
    }

    private Set<String> statements(long seed, String condition) {
        return new TreeSet<>(database.jdbc()
                .sql("SELECT concat(d.root_key, ' ', s.policy, ' ', s.object, ' ',"
                        + " (extract(epoch FROM s.started_at) * 1000)::bigint, ' ', s.kind, ' ', s.percent)"
                        + " FROM sla_statements s JOIN deals d ON d.id = s.deal_id WHERE d.root_key LIKE ? AND "
                        + condition)
                .param("%" + Histories.suffix(seed))
                .query((row, _) -> row.getString(1))
                .list());
    }

    private static Map<String, Long> nextInstants(Map<ObjectKey, SlaStatus> expected) {
        Map<String, Long> next = new TreeMap<>();
        expected.forEach((root, status) -> {
            if (status.nextAt() != null) {
                next.put(root.value(), status.nextAt().toEpochMilli());
            }
        });
        return next;
    }

    private Map<String, Long> deadlines(long seed) {
        Map<String, Long> next = new TreeMap<>();
        database.jdbc()
                .sql("SELECT d.root_key, (extract(epoch FROM s.due_at) * 1000)::bigint FROM sla_deadlines s"
                        + " JOIN deals d ON d.id = s.deal_id WHERE d.root_key LIKE ?")
                .param("%" + Histories.suffix(seed))
                .query((row, _) -> next.put(row.getString(1), row.getLong(2)))
                .list();
        return next;
    }

    /** What was said last of each mark, if that is that it holds; every revision of a deal is there once, without gaps. */
    private Set<String> saidLast(String what) {
        Map<String, Long> revisions = new HashMap<>();
        TreeSet<String> said = new TreeSet<>();
        for (String line : published()) {
            String[] parts = line.split("\t", -1);
            long revision = Long.parseLong(parts[1]);
            assertThat(revision).as(line + ", " + what).isEqualTo(revisions.getOrDefault(parts[0], 0L) + 1);
            revisions.put(parts[0], revision);
            if (parts.length > 3) {
                String mark = parts[0] + " " + parts[3];
                if (parts[2].equals("retracted")) {
                    assertThat(said.remove(mark)).as(line + ", " + what).isTrue();
                } else {
                    said.add(mark);
                }
            }
        }
        return said;
    }

    @Override
    String text(DealChange change) {
        var sla = change.sla();
        String said = "";
        if (sla != null && sla.about() != null) {
            var mark = sla.about().mark();
            said = "\t" + sla.type().name().toLowerCase(Locale.ROOT) + "\t" + mark.policy() + " " + mark.object() + " "
                    + mark.startedAt().toEpochMilli() + " " + mark.kind().text() + " " + mark.percent();
        }
        return change.root() + "\t" + change.revision() + said;
    }

    private static String text(@Nullable ObjectKey key) {
        return key == null ? "" : key.value();
    }

    private static @Nullable Long ms(@Nullable Instant at) {
        return at == null ? null : (Long) at.toEpochMilli();
    }
}
