package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The report shows what the service has stored, right or wrong; a rebuild corrects it from the facts. */
class RepairTest {

    private static final String CACHES =
            "SELECT (SELECT count(*) FROM placements) || ' ' || (SELECT count(*) FROM links)"
                    + " || ' ' || (SELECT count(*) FROM objects)";

    private static final String EXPECTED = TestPlatform.expected("deals.default.jsonl");

    private final TestPlatform platform;

    RepairTest() throws Exception {
        platform = TestPlatform.empty();
    }

    @BeforeEach
    void replay() throws Exception {
        String report = platform.report(TestPlatform.sample("deals.csv"), TestPlatform.sample("deals.mapping.json"));
        assertThat(report).isEqualTo(EXPECTED);
    }

    @Test
    void a_deal_broken_in_the_store_shows_in_the_report_and_is_rebuilt_and_published_anew() throws Exception {
        // given
        String root = "crm:deal:D-2026-001";
        CanonicalTopic published = CanonicalTopic.fromNow(platform);
        assertThat(platform.execute("UPDATE deals SET stage = 'briefed', outcome = 'lost', state = NULL"
                        + " WHERE root_key = '" + root + "'"))
                .isEqualTo(1);
        assertThat(platform.report())
                .isNotEqualTo(EXPECTED)
                .contains("\"outcome\":\"lost\",\"root\":\"" + root + "\",\"stage\":\"briefed\",\"timeline\":[]");

        // when
        assertThat(rebuild()).contains("rebuild: 54 deals", "0 left");

        // then
        assertThat(platform.report()).isEqualTo(EXPECTED);
        platform.awaitPublished();
        Map<String, List<CanonicalTopic.Revision>> events = published.withoutCopies();
        assertThat(events).containsOnlyKeys(root);
        CanonicalTopic.Revision correction =
                events.getOrDefault(root, List.of()).getLast();
        assertThat(correction.type()).isEqualTo("masterdeal.closed");
        assertThat(correction.stage()).isEqualTo("closed");
        assertThat(correction.changed()).contains("stage", "outcome", "timeline");
        assertThat(Long.toString(correction.revision()))
                .isEqualTo(platform.query("SELECT revision FROM deals WHERE root_key = '" + root + "'"));
    }

    @Test
    void lost_placements_links_and_references_are_rebuilt() throws Exception {
        String whole = platform.query(CACHES);
        platform.execute("DELETE FROM placements WHERE object_key LIKE 'docflow:%'");
        platform.execute("DELETE FROM links WHERE child LIKE 'dcm:%'");
        platform.execute("DELETE FROM objects WHERE key LIKE 'legal:%'");
        assertThat(platform.query(CACHES)).isNotEqualTo(whole);

        rebuild();

        assertThat(platform.query(CACHES)).isEqualTo(whole);
        assertThat(platform.report()).isEqualTo(EXPECTED);
    }

    @Test
    void facts_wrongly_taken_for_retracted_count_again() throws Exception {
        platform.execute("UPDATE facts SET retracted = true WHERE subject LIKE 'media:%'");
        platform.execute("UPDATE event_ids SET retracted_by = '{*}', conflict = true"
                + " WHERE event_id IN (SELECT event_id FROM facts WHERE subject LIKE 'media:%')");
        assertThat(platform.report()).isNotEqualTo(EXPECTED);

        rebuild();

        assertThat(platform.report()).isEqualTo(EXPECTED);
    }

    @Test
    void all_caches_lost_at_once_are_rebuilt() throws Exception {
        platform.execute("TRUNCATE event_ids, objects, links, deal_references, placements, pending_folds");
        platform.execute(
                "UPDATE deals SET known = false, stage = 'none', outcome = 'open', gaps = '{}', facts = 0, state = NULL");
        assertThat(platform.report()).isNotEqualTo(EXPECTED);

        rebuild();

        assertThat(platform.report()).isEqualTo(EXPECTED);
    }

    @Test
    void a_rebuild_of_what_is_right_changes_and_publishes_nothing() throws Exception {
        platform.awaitPublished();
        CanonicalTopic published = CanonicalTopic.fromNow(platform);

        rebuild();

        assertThat(platform.report()).isEqualTo(EXPECTED);
        platform.awaitPublished();
        assertThat(published.all()).isEmpty();
    }

    @Test
    void republish_gives_every_deal_its_next_revision() throws Exception {
        platform.awaitPublished();
        CanonicalTopic published = CanonicalTopic.fromNow(platform);

        assertThat(run("republish", "--reason", "a consumer lost events & more"))
                .contains("republish: 54 deals", "0 left");

        platform.awaitPublished();
        Map<String, List<CanonicalTopic.Revision>> events = published.withoutCopies();
        assertThat(events).hasSize(54);
        for (String root : events.keySet()) {
            assertThat(events.getOrDefault(root, List.of()))
                    .extracting(it -> it.revision() + " " + it.stage())
                    .containsExactly(platform.query(
                            "SELECT revision || ' ' || stage FROM deals WHERE root_key = '" + root + "'"));
        }
        assertThat(platform.report()).isEqualTo(EXPECTED);
        assertThat(platform.query(
                        "SELECT reason FROM operator_actions WHERE action = 'republish'" + " ORDER BY id DESC LIMIT 1"))
                .isEqualTo("a consumer lost events & more");
    }

    private String rebuild() {
        return run("rebuild");
    }

    private String run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = MasterDeal.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
        List<String> command = new ArrayList<>(List.of(arguments));
        command.addAll(List.of("--data", platform.data().toString()));
        int exitCode = line.execute(command.toArray(String[]::new));
        assertThat(exitCode).as(out.toString()).isZero();
        return out.toString();
    }
}
