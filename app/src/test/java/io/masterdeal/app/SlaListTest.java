package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What is late and what will be, at the command line: the examples in the document are what the commands print. */
class SlaListTest {

    private static final String PROMPT = "    $ ./masterdeal ";

    private static TestPlatform platform;

    @BeforeAll
    static void store_clocks() throws Exception {
        platform = TestPlatform.empty();
        clock("D-12", "brief-to-offer", "", "breached", "2026-04-07 09:00Z", null, false, "24h");
        clock("D-17", "brief-to-offer", "", "running", "2026-04-09 09:00Z", 80, false, "24h");
        clock("D-17", "lead-to-close", "", "running", "2026-05-18 08:00Z", null, false, "240h");
        clock("D-12", "legal-review", "legal:case:L-3", "paused", null, 50, false, "24h");
        clock("D-9", "offer-to-contracting", "", "breached", "2026-04-03 11:30Z", null, true, "80h");
        clock("D-9", "brief-to-offer", "", "met", "2026-03-24 09:00Z", null, true, "24h");
        platform.execute(
                "INSERT INTO counts (what, part, amount) SELECT 'sla', policy || '|' || segment || '|' || state || '|'"
                        + " || CASE WHEN at_risk THEN 'risk' ELSE '-' END, 1 FROM sla_clocks");
        arrivals();
    }

    /** An invoice that arrives before its contract, and this before it is linked to its deal. */
    private static void arrivals() throws SQLException {
        UUID deal = MasterDealId.of(new ObjectKey("crm:deal:D-20")).value();
        platform.execute("INSERT INTO deals (id, root_key, known, revision, updated_at) VALUES ('" + deal
                + "', 'crm:deal:D-20', true, 1, '2026-04-06 12:30:00.250Z')");
        fact("crm:deal:D-20", "07:00:00", "07:00:00.400", "");
        fact("docflow:contract:K-20", "09:00:00", "11:00:00", "");
        fact("docflow:contract:K-20", "10:00:00", "12:30:00.250", "crm:deal:D-20");
        fact("docflow:invoice:I-20", "10:30:00", "10:30:00.250", "docflow:contract:K-20");
        platform.execute("INSERT INTO placements (object_key, deal_id) SELECT DISTINCT subject, '" + deal
                + "'::uuid FROM facts WHERE subject LIKE '%-20'");
    }

    private static void fact(String subject, String occurred, String received, String link) throws SQLException {
        platform.execute("""
                INSERT INTO facts (event_id, content_hash, type, subject, occurred_at, links, attributes, retracted, source, replayed,
                    origin, received_at)
                VALUES (gen_random_uuid(), '\\x00', 'crm.object.updated', '%s', '2026-04-06 %sZ', array_remove(ARRAY['%s'], ''), '{}',
                    false, 'test', false, 'nowhere', '2026-04-06 %sZ')
                """.formatted(subject, occurred, link, received));
    }

    private static void clock(
            String deal,
            String policy,
            String object,
            String state,
            @Nullable String due,
            @Nullable Integer warned,
            boolean done,
            String target)
            throws SQLException {
        String at = due == null ? "NULL" : "timestamptz '" + due + "'";
        String begun = "timestamptz '2026-04-01 09:00Z'";
        platform.execute("""
                INSERT INTO sla_clocks VALUES ('crm:deal:%s', '%s', '%s', md5('%s')::uuid, 1, '%s', %s, %s, %s, %s, %s, %s, %s, %s,
                    %s, NULL, 'default', 'moscow', %d, %s, '%s', 'Yantar Clinics')
                """.formatted(
                        deal,
                        policy,
                        object,
                        deal,
                        state,
                        !done,
                        warned != null,
                        begun,
                        at,
                        due == null ? "'paused'" : "NULL",
                        warned == null ? "ARRAY[]::integer[]" : "ARRAY[" + warned + "]",
                        warned == null ? "ARRAY[]::timestamptz[]" : "ARRAY[" + begun + "]",
                        state.equals("breached") ? at : "NULL",
                        done ? at + " + interval '2 hours'" : "NULL",
                        Long.parseLong(target.replace("h", "")) * 3_600_000,
                        done ? "1" : "NULL",
                        object.isEmpty() ? "masterdeal" : "legal"));
    }

    private record Ended(int exitCode, String out, String err) {}

    private static Ended run(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--data", platform.data().toString()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = MasterDeal.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute(all.toArray(String[]::new));
        return new Ended(exitCode, out.toString(), err.toString());
    }

    @Test
    void the_examples_in_the_document_are_what_the_commands_print() throws Exception {
        assertThat(tryExamples("## What is late, and what will be")).isEqualTo(4);
        assertThat(tryExamples("## What depends on arrival")).isEqualTo(1);
    }

    private static int tryExamples(String section) throws IOException {
        List<String> document = Files.readAllLines(TestPlatform.home().resolve("docs/sla.md"));
        int begin = document.indexOf(section);
        assertThat(begin).as(section).isPositive();
        int tried = 0;
        for (int i = begin + 1; i < document.size() && !document.get(i).startsWith("## "); i++) {
            if (document.get(i).startsWith(PROMPT)) {
                Ended ended =
                        run(List.of(document.get(i).substring(PROMPT.length()).split(" ")));
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                List<String> printed = ended.out().lines().toList();
                List<String> written = document.subList(i + 1, i + 1 + printed.size()).stream()
                        .map(line -> line.startsWith("    ") ? line.substring(4) : line)
                        .toList();
                assertThat(String.join("\n", written)).isEqualTo(String.join("\n", printed));
                tried++;
            }
        }
        return tried;
    }

    @Test
    void what_depends_on_arrival_is_marked_so() {
        assertThat(run(List.of("sla", "arrival", "docflow:invoice:I-20")).out())
                .startsWith("Not reproducible from facts: ");
        assertThat(run(List.of("sla", "arrival", "crm:deal:D-20", "--json")).out())
                .startsWith("{\"root\":\"crm:deal:D-20\",")
                .contains("\"reproducible\":false");
        Ended none = run(List.of("sla", "arrival", "crm:deal:nobody"));
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("No fact names 'crm:deal:nobody'.");
    }

    @Test
    void a_list_says_how_many_more_there_are() {
        assertThat(run(List.of("sla", "--at-risk", "--limit", "1")).out())
                .contains("crm:deal:D-17", "There is 1 more; --limit shows up to 1000. In all: 2 running,")
                .doesNotContain("crm:deal:D-12");
        assertThat(run(List.of("sla", "--limit", "2")).out()).contains("There are more; --limit");
        assertThat(run(List.of("sla", "--breached", "--client", "nobody")).out())
                .isEqualToNormalizingNewlines(
                        "No clock is breached. In all: 0 running, 0 paused, 0 at risk, 0 breached.\n");
        assertThat(run(List.of("sla", "--json", "--domain", "legal")).out())
                .startsWith("{\"items\":[{\"root\":\"crm:deal:D-12\"");
    }

    @Test
    void a_name_that_nothing_has_is_told_with_those_there_are() {
        Ended ended = run(List.of("sla", "--policy", "offer"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("There is no policy 'offer'. There are: lead-to-close, brief-to-offer,");
        assertThat(run(List.of("sla", "summary", "--by", "client")).err()).contains("name it in 'client'");
        assertThat(run(List.of("sla", "--at-risk", "--breached")).exitCode()).isEqualTo(2);
    }
}
