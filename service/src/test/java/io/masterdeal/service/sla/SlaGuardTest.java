package io.masterdeal.service.sla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.rulesets.sla.SlaFiles;
import io.masterdeal.service.servers.RunningService;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service beside another one: both have the same SLA policies, or the second does not start. */
class SlaGuardTest {

    @TempDir
    private Path folder;

    private Map<String, Object> with(String policies) throws Exception {
        Path file = Files.writeString(folder.resolve("policies.yaml"), policies);
        return Map.of("masterdeal.service.sla.policies", file.toString(), "masterdeal.intake.enabled", false);
    }

    private static String bundled() throws Exception {
        try (InputStream stream = SlaFiles.class.getResourceAsStream("/masterdeal/sla/policies.yaml")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void one_with_other_policies_does_not_start_says_why_and_keeps_no_announcement() throws Exception {
        RunningService service = RunningService.shared();
        int held = announcements(service);
        long guards = guards();

        assertThatThrownBy(() -> service.another(with(bundled().replace("version: 1", "version: 2"))))
                .rootCause()
                .hasMessageContaining("another service process makes its clocks with SLA policies [default@1]")
                .hasMessageContaining("this one was to use default@2");

        assertThat(announcements(service)).isEqualTo(held);
        assertThat(guards()).isEqualTo(guards);
        assertThat(service.get("/intake").path("state").stringValue()).isEqualTo("reading");
    }

    @Test
    void one_whose_policies_mean_the_same_starts() throws Exception {
        RunningService service = RunningService.shared();

        try (RunningService other = service.another(with("# ours\n" + bundled()))) {
            assertThat(other.get("/sla/reports?limit=1").path("policies").stringValue())
                    .isEqualTo("default@1");
        }
    }

    /** Threads that keep rule sets announced. */
    private static long guards() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("rule-set-guard"))
                .count();
    }

    /** Shared advisory locks of all services on the database: each has one for the rule set, the policies and its settings. */
    private static int announcements(RunningService service) {
        return service.jdbc()
                .sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                .query(Integer.class)
                .single();
    }
}
