package io.masterdeal.testbed.times;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a run with two modules and one test class each. */
class TimesReportTest {

    @TempDir
    private Path folder;

    private String report = "";

    @BeforeEach
    void make() throws Exception {
        Path log = folder.resolve("maven.log");
        Files.writeString(log, """
                23:59:50.000 [INFO] --- compiler:3.14.1:compile (default-compile) @ contracts ---
                23:59:53.000 [INFO] --- compiler:3.14.1:testCompile (default-testCompile) @ contracts ---
                a line of a test, without a time
                23:59:54.500 [INFO] --- surefire:3.5.5:test (default-test) @ contracts ---
                00:00:00.500 [INFO] --- spotless:3.11.0:check (format-is-kept) @ contracts ---
                00:00:01.000 [INFO] --- surefire:3.5.5:test (default-test) @ masterdeal-queue ---
                00:00:13.000 [INFO] BUILD SUCCESS
                """);
        Path spans = Files.createDirectory(folder.resolve("spans"));
        Files.writeString(spans.resolve("1.tsv"), """
                JVM\t700\tsurefire
                SERVERS\t2500\tlent
                CONTEXT\t800\tgateway
                CLASS\t9000\tio.masterdeal.queue.OutageTest
                IDLE\t4000\tio.masterdeal.queue.OutageTest
                """);
        Files.writeString(spans.resolve("2.tsv"), "CONTEXT\t1200\tservice\n");
        suite("contracts", "io.masterdeal.contracts.TextTest", "5.25");
        suite("queue", "io.masterdeal.queue.OutageTest", "9.0");

        // when
        Path file = folder.resolve("times.md");
        TimesReport.main(new String[] {log.toString(), spans.toString(), folder.toString(), file.toString()});
        report = Files.readString(file);
    }

    private void suite(String module, String name, String time) throws Exception {
        Path reports = Files.createDirectories(folder.resolve(module).resolve("target/surefire-reports"));
        Files.writeString(
                reports.resolve("TEST-" + name + ".xml"),
                "<testsuite xmlns:xsi=\"http://x\" version=\"3.0\" name=\"" + name + "\" time=\"" + time
                        + "\" tests=\"1\">\n");
    }

    @Test
    void a_module_has_its_goals_also_over_midnight() {
        assertThat(report)
                .contains("| contracts | 11.0 | 4.5 | 6.0 | 5.3 | 0.5 |")
                .contains("| queue | 12.0 |  | 12.0 | 9.0 |  |")
                .contains("| all | 23.0 | 4.5 | 18.0 | 14.3 | 0.5 |");
    }

    @Test
    void a_class_has_what_its_own_jvm_waited_for() {
        assertThat(report)
                .contains("| queue `OutageTest` | 9.0 | 2.5 | 0.8 |  | 4.0 |")
                .contains("| contracts `TextTest` | 5.3 |  |  |  |  |");
    }

    @Test
    void what_processes_of_no_class_noted_counts_in_the_sums() {
        assertThat(report).contains("jvm, over all JVMs: 1 s", "context, over all JVMs: 2 s");
    }
}
