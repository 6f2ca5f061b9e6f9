package io.masterdeal.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.app.platform.PlatformAddresses;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events are sent with {@code send}, and {@code deal} and {@code deals} show the result. */
class SendAndAskTest {

    private static final String CREATED = """
            {"specversion":"1.0","id":"11111111-1111-4111-8111-111111111111","source":"/crm","type":"crm.deal.created",
             "subject":"crm:deal:D-1","time":"2026-03-02T09:00:00Z","sequence":"1","data":{"client":"Yantar Clinics"}}""";

    private static final String PLAN = """
            {"specversion":"1.0","id":"22222222-2222-4222-8222-222222222221","source":"/media","type":"media.mediaplan.ready",\
            "subject":"media:mediaplan:MP/4","time":"2026-03-05T10:00:00Z","data":{"links":["crm:deal:D-1"]}}""";

    private static final String BRIEF = """
            {"specversion":"1.0","id":"11111111-1111-4111-8111-111111111112","source":"/crm","type":"crm.brief.submitted",\
            "subject":"crm:deal:D-1","time":"2026-03-03T12:30:00Z","sequence":"2","data":{}}""";

    @TempDir
    private Path folder;

    private final TestPlatform platform;

    SendAndAskTest() throws Exception {
        platform = TestPlatform.empty();
    }

    /** The exit code and the output of a command. */
    private record Ended(int exitCode, String out, String err) {}

    private Ended run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] complete = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--data", platform.data().toString()))
                .toArray(String[]::new);
        int exitCode = MasterDeal.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .execute(complete);
        return new Ended(exitCode, out.toString(), err.toString());
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void the_delays_of_all_steps_are_shown() {
        Ended delays = run("delays");

        assertThat(delays.exitCode()).isZero();
        assertThat(delays.out())
                .contains("occurred to accepted", "committed to published", "published to read", "read to delivered");
    }

    @Test
    void nothing_is_parked_where_kafka_takes_all_events() {
        // when
        Ended shown = run("parked");
        Ended published = run("parked", "publish", "--reason", "the topic takes larger events");

        // then
        assertThat(shown.exitCode()).as(shown.toString()).isZero();
        assertThat(shown.out()).isEqualTo("No events are parked.\n");
        assertThat(published.exitCode()).as(published.toString()).isZero();
        assertThat(published.out()).isEqualTo("deals tried again: 0\n");
    }

    @Test
    void events_in_every_mode_make_a_deal_that_is_shown_with_its_evidence() throws Exception {
        // when
        Ended object = run("send", file("created.json", CREATED));
        Ended lines = run("send", file("more.jsonl", PLAN + "\n" + BRIEF + "\n"));
        Ended binary = run("send", file("signed.http", """
                POST /events HTTP/1.1
                Authorization: Bearer md_crm_not-the-key-that-is-sent
                ce-specversion: 1.0
                ce-id: 33333333-3333-4333-8333-333333333331
                ce-source: /docflow
                ce-type: docflow.contract.signed
                ce-subject: docflow:contract:%D0%9A-9
                ce-time: 2026-03-06T10:00:00Z
                Content-Type: application/json

                {"links": ["media:mediaplan:MP/4"]}
                """));
        Ended batch = fromStandardInput("[" + PLAN + "," + CREATED + "]");

        // then
        assertThat(object.exitCode()).as(object.toString()).isZero();
        assertThat(object.out())
                .matches("11111111-1111-4111-8111-111111111111  crm\\.deal\\.created  crm\\.events-\\d@\\d+\n");
        assertThat(object.err()).isEqualTo("1 of 1 events taken\n");
        assertThat(lines.exitCode()).as(lines.toString()).isZero();
        assertThat(lines.out().lines().map(line -> line.replaceAll("-\\d@\\d+$", "")))
                .containsExactly(
                        "22222222-2222-4222-8222-222222222221  media.mediaplan.ready  media.events",
                        "11111111-1111-4111-8111-111111111112  crm.brief.submitted  crm.events");
        assertThat(binary.exitCode()).as(binary.toString()).isZero();
        assertThat(binary.out()).contains("docflow.contract.signed  docflow.events-");
        assertThat(batch.exitCode()).as(batch.toString()).isZero();
        assertThat(batch.err()).isEqualTo("2 of 2 events taken\n");
        await().atMost(TestPlatform.PATIENCE)
                .until(() -> platform.query("SELECT count(*) FROM facts").equals("4")
                        && platform.query("SELECT count(*) FROM pending_folds").equals("0"));
        assertThat(platform.query("SELECT bool_or(replayed) FROM facts")).isEqualTo("f");

        // and by any of its keys, with a slash or beyond ASCII or not
        Ended shown = run("deal", "crm:deal:D-1");
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out())
                .startsWith("crm:deal:D-1  ")
                .contains("  stage     offer_ready  since 2026-03-05T10:00:00.000Z\n", "  outcome   open\n")
                .contains("  2026-03-02T09:00:00.000Z  on to  lead_created\n"
                        + "      crm.deal.created  crm:deal:D-1  2026-03-02T09:00:00.000Z"
                        + "  11111111-1111-4111-8111-111111111111\n")
                .contains("media:mediaplan:MP/4  Plan Ready");
        showsWhatWasKnown();
        JsonNode answer = JsonMapper.shared()
                .readTree(run("deal", "crm:deal:D-1", "--json").out());
        assertThat(answer).isEqualTo(platform.service().get("/masterdeal/crm:deal:D-1"));
        for (String key : List.of(
                "media:mediaplan:MP/4",
                "docflow:contract:К-9",
                answer.path("master_deal_id").stringValue())) {
            assertThat(run("deal", key).out()).as(key).isEqualTo(shown.out());
        }

        // and all it is made of
        assertPartsAreShown("docflow:contract:К-9");

        // and in the list
        assertThat(run("deals", "--object", "media:mediaplan:MP/4", "--stage", "offer_ready", "--outcome", "open")
                        .out())
                .contains("crm:deal:D-1")
                .doesNotContain("The next page");
        assertThat(run("deals", "--stage", "closed").out()).isEqualTo("There are no such deals.\n");
        assertThat(run("counts", "--by", "stage,outcome").out()).isEqualTo("""
                STAGE        OUTCOME  DEALS
                offer_ready  open     1
                all                   1
                """);
    }

    private void assertPartsAreShown(String key) {
        Ended facts = run("deal", key, "--facts", "--limit", "3");
        assertThat(facts.exitCode()).as(facts.err()).isZero();
        assertThat(facts.out().lines())
                .startsWith(
                        "HAPPENED                  TYPE                     OBJECT                STATUS           EVENT",
                        "2026-03-06T10:00:00.000Z  docflow.contract.signed  docflow:contract:К-9  Contract Signed"
                                + "  33333333-3333-4333-8333-333333333331",
                        "2026-03-05T10:00:00.000Z  media.mediaplan.ready    media:mediaplan:MP/4  Plan Ready     "
                                + "  22222222-2222-4222-8222-222222222221");
        String next = facts.out()
                .lines()
                .filter(line -> line.startsWith("The next page: ./masterdeal "))
                .findFirst()
                .orElseThrow();
        assertThat(next).contains("deal '" + key + "' --facts --limit 3 ");
        Ended last = run("deal", key, "--facts", "--cursor", next.substring(next.lastIndexOf(' ') + 1));
        assertThat(last.out().lines()).hasSize(2).last().asString().contains("crm.deal.created");
        assertThat(run("deal", key, "--objects").out())
                .startsWith("OBJECT ")
                .contains(
                        "crm:deal:D-1          Brief Submitted  2026-03-03T12:30:00.000Z  2      1      client=Yantar Clinics\n")
                .contains("\nLinks\n  docflow:contract:К-9  belongs to  media:mediaplan:MP/4  33333333-");
        assertThat(run("deal", key, "--revisions").out())
                .startsWith("REVISION  STORED ")
                .containsPattern("(?m)^1 +\\S+Z  masterdeal\\.created .*11111111-1111-4111-8111-111111111111 +stage, ");
        assertThat(run("deal", key, "--revisions", "--json").out()).startsWith("{\"from_revision\":1,");
        assertThat(run("deal", key, "--facts", "--objects").exitCode()).isEqualTo(2);
        assertThat(run("deal", key, "--cursor", "x").err()).startsWith("--cursor is for a list");
    }

    @Test
    void an_orphan_is_listed_shown_linked_and_dismissed() throws Exception {
        // given
        String plan = "media:mediaplan:MP/4";
        assertThat(run("orphans").out())
                .isEqualTo("There are no such orphans.\nIn all: 0 orphans, 0 of them dismissed.\n");
        run("send", file("created.json", CREATED));
        run(
                "send",
                file("plan.json", PLAN.replace("crm:deal:D-1", "crm:lead:D-1").replace("\n", "")));
        await().atMost(TestPlatform.PATIENCE)
                .until(() -> platform.query("SELECT count(*) FROM facts").equals("2")
                        && platform.query("SELECT count(*) FROM pending_folds").equals("0"));

        // when
        Ended listed = run("orphans", "--system", "media", "--reason", "unknown_parent");
        Ended shown = run("orphans", "show", plan);

        // then
        assertThat(listed.out())
                .startsWith("OBJECT                FACTS  WAITS FOR  REASON          NAMES\n" + plan + "  1      ")
                .contains("  unknown parent  crm:lead:D-1\n\nIn all: 1 orphans, 0 of them dismissed.\n");
        assertThat(shown.out())
                .startsWith(plan + "  unknown parent  crm:lead:D-1\n1 facts, the first received at ")
                .contains("  media.mediaplan.ready  22222222-2222-4222-8222-222222222221")
                .endsWith("\nNothing hints at a deal.\n");

        // when, then
        assertThat(run("orphans", "dismiss", plan, "--reason", "a test").out()).isEqualTo("dismissed\n");
        assertThat(run("orphans").out()).startsWith("There are no such orphans.\nIn all: 1 orphans, 1 of them");
        assertThat(run("orphans", "--dismissed").out()).contains(plan);
        assertThat(run("orphans", "show", plan).out()).contains("dismissed by operator at ", ": a test\n");
        assertThat(run("orphans", "restore", plan, "--reason", "no test").out()).isEqualTo("restored\n");
        assertThat(run("orphans", "link", plan, "crm:deal:D-1", "--reason", "it says so")
                        .out())
                .matches("linked by event [0-9a-f-]{36}; it belongs to crm:deal:D-1\n");
        assertThat(run("deals", "--object", plan).out()).contains("crm:deal:D-1");
        assertThat(run("orphans", "unlink", plan, "--reason", "it does not").out())
                .matches("taken back by event [0-9a-f-]{36}; it is an orphan again\n");
        assertFailed(run("orphans", "unlink", plan, "--reason", "again"), "No link of '" + plan);
        assertFailed(run("orphans", "link", plan, "crm:deal:none", "--reason", "a typo"), "No fact is about");
    }

    private Ended fromStandardInput(String text) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return run("send", "-");
        } finally {
            System.setIn(before);
        }
    }

    private void showsWhatWasKnown() {
        String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        Ended known = run("deal", "media:mediaplan:MP/4", "--known-at", now);
        assertThat(known.exitCode()).as(known.err()).isZero();
        assertThat(known.out())
                .startsWith("crm:deal:D-1  ")
                .contains("  known at  " + now.substring(0, 19), "on to  lead_created\n")
                .containsPattern("  stage     offer_ready +since 2026-03-05T10:00:00.000Z\n");
        Ended before = run("deal", "crm:deal:D-1", "--known-at", "2026-03-06", "--zone", "UTC");
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(before.err()).contains("No fact that was known at 2026-03-06T23:59:59.999Z names 'crm:deal:D-1'.");
        Ended learned = run("deal", "crm:deal:D-1", "--learned", "2026-03-06..", "--rules", "now");
        assertThat(learned.exitCode()).as(learned.err()).isZero();
        assertThat(learned.out())
                .contains("stage    not known")
                .contains("offer_ready", "media:mediaplan:MP/4  joined", "docflow.contract.signed");
    }

    @Test
    void what_is_wrong_with_an_event_is_told_by_its_place_and_the_others_are_taken() throws Exception {
        // when
        Ended ended = run(
                "send",
                file(
                        "mixed.jsonl",
                        String.join(
                                "\n",
                                PLAN,
                                BRIEF.replace("2026-03-03T12:30:00Z", "yesterday"),
                                "{ no JSON",
                                BRIEF.replace("crm.brief.submitted", "billing.paid"),
                                BRIEF.replace("\"type\"", "\"kind\""),
                                BRIEF)));
        Ended binary = run("send", file("wrong.http", "ce-id: x\nce-type: crm.deal.created\n\n{}"));

        // then
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).isEqualTo("2 of 6 events taken\n");
        List<String> lines = ended.out().lines().toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).contains("  media.events-");
        assertThat(lines.get(1))
                .startsWith("11111111-1111-4111-8111-111111111112  crm.brief.submitted  not taken: line 2: /time ");
        assertThat(lines.get(2)).startsWith("-  -  not taken: line 3: not JSON: ");
        assertThat(lines.get(3)).contains("not taken: line 4: /type is of the domain billing: there is no API key");
        assertThat(lines.get(4)).contains("not taken: line 5: /type tells no domain");
        assertThat(lines.get(5)).contains("  crm.events-");
        assertThat(binary.exitCode()).isEqualTo(1);
        assertThat(binary.out()).startsWith("x  crm.deal.created  not taken: ").contains("/id ", "/subject ");
    }

    @Test
    void what_is_not_there_or_away_is_told() throws Exception {
        assertFailed(run("deal", "crm:deal:nobody"), "No fact names 'crm:deal:nobody'.");
        assertFailed(run("deal", "crm:deal:no/body"), "No deal has an object 'crm:deal:no/body'.");
        assertFailed(run("deal", ".."), "No deal has an object '..'.");
        assertFailed(run("deals", "--cursor", "%"), "Give the value of 'next' of a page as it is.");
        assertFailed(run("deals", "--sort", "-age"), "'sort' is one of root, stage_since, amount, updated");
        assertFailed(run("deals", "--stuck-longer-than", "5 days"), "is a duration like P5D");
        assertFailed(run("counts", "--by", "stage,weather"), "'by' is one to 3 of stage, outcome, client");
        assertFailed(run("send", folder.resolve("missing").toString()), "there is no such file");
        assertFailed(run("send", folder.toString()), "this is a folder");
        assertFailed(run("send", file("empty", "")), "there is no event in it");
        Ended wrong = run("deals", "--limit", "0");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("--limit is 1 to 1000, not 0.");
    }

    private static void assertFailed(Ended ended, String message) {
        assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
        assertThat(ended.err()).startsWith("masterdeal: ").contains(message).doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void a_list_is_read_page_by_page_by_the_command_that_each_page_names() throws Exception {
        // given
        platform.report(TestPlatform.sample("deals.csv"), TestPlatform.sample("deals.mapping.json"));
        List<String> roots = platform.service()
                .get("/masterdeal?limit=1000")
                .path("items")
                .valueStream()
                .map(deal -> deal.path("root").stringValue())
                .toList();

        // when
        var seen = new ArrayList<String>();
        String[] command = {"deals", "--limit", "20"};
        int pages = 0;
        while (command.length > 0) {
            Ended page = run(command);
            assertThat(page.exitCode()).as(page.err()).isZero();
            pages++;
            page.out().lines().filter(line -> line.startsWith("crm:")).forEach(line -> seen.add(line.split(" ", 2)[0]));
            command = page.out()
                    .lines()
                    .filter(line -> line.startsWith("The next page: ./masterdeal "))
                    .map(line -> line.substring("The next page: ./masterdeal ".length())
                            .replace(" --data " + platform.data(), "")
                            .split(" "))
                    .findFirst()
                    .orElse(new String[0]);
        }

        // then
        assertThat(roots).hasSize(54);
        assertThat(pages).isEqualTo(3);
        assertThat(seen).isEqualTo(roots);
        assertThat(run("deal", "crm:deal:D-2026-038").out())
                .contains("outcome   cancelled", "back to  offer_ready", "docflow:");
    }

    @Test
    void without_its_gateway_or_service_a_platform_cannot_be_told_or_asked() throws Exception {
        Path data = folder.resolve("half");
        Files.createDirectories(data.resolve("run"));
        Files.writeString(
                data.resolve("run/platform.properties"),
                "api-keys=" + platform.addresses().apiKeys() + "\n");
        assertThat(PlatformAddresses.read(data).gateway()).isNull();

        for (String[] command : new String[][] {{"send", "-"}, {"deal", "x"}, {"deals"}}) {
            StringWriter err = new StringWriter();
            String[] complete = Stream.concat(Arrays.stream(command), Stream.of("--data", data.toString()))
                    .toArray(String[]::new);
            assertThat(MasterDeal.commandLine()
                            .setErr(new PrintWriter(err, true))
                            .execute(complete))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("does not run the " + (command[0].equals("send") ? "gateway" : "service"));
        }
    }
}
