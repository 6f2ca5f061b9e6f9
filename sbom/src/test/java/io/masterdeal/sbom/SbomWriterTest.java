package io.masterdeal.sbom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.cyclonedx.Version;
import org.cyclonedx.exception.ParseException;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;
import org.cyclonedx.model.Property;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SBOM of a small application and a small infrastructure. */
class SbomWriterTest {
    private static final String ROOT = "pkg:maven/io.masterdeal/app@1?type=jar";
    private static final String TRAY = "pkg:maven/org.example/tray@1.0?type=jar";
    private static final String REGISTRY = "pkg:maven/org.example/registry@3?type=jar";

    @TempDir
    private Path folder;

    @BeforeEach
    void lay_out_what_is_delivered() throws IOException {
        text("application.json", """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79",
                 "metadata": {"timestamp": "2026-11-30T09:00:00Z", "tools": {"components": [{"type": "library", "name": "maker"}]},
                  "component": {"type": "application", "bom-ref": "%1$s", "group": "io.masterdeal", "name": "app", "version": "1",
                   "purl": "%1$s"}},
                 "components": [
                  {"type": "library", "bom-ref": "%2$s", "group": "org.example", "name": "tray", "version": "1.0", "purl": "%2$s",
                   "hashes": [{"alg": "MD5", "content": "d41d8cd98f00b204e9800998ecf8427e"}]},
                  {"type": "library", "bom-ref": "pkg:maven/io.masterdeal/role@1?type=jar", "group": "io.masterdeal",
                   "name": "role", "version": "1", "purl": "pkg:maven/io.masterdeal/role@1?type=jar",
                   "hashes": [{"alg": "MD5", "content": "d41d8cd98f00b204e9800998ecf8427e"}]}],
                 "dependencies": [{"ref": "%1$s", "dependsOn": ["%2$s"]}]}
                """.formatted(ROOT, TRAY));
        text("infrastructure/parts.properties", """
                registry = org.example:registry::jar:3
                postgresql = org.example:database-binaries::jar:18.6.0
                """);
        text("infrastructure/kafka/artifacts.txt", """

                The following files have been resolved:
                   org.example:tray:jar:1.0:provided -- module tray (auto)
                   org.example:cup:jar:linux:2.0:provided

                """);
        jar("infrastructure/kafka/jars/tray-1.0.jar", "org.example", "tray", "1.0");
        jar("infrastructure/kafka/jars/cup-2.0-linux.jar", "org.example", "cup", "2.0");
        text("infrastructure/registry/quarkus-app-dependencies.txt", """
                org.example:saucer::jar:1.1
                org.example:spoon::jar:5
                """);
        jar("infrastructure/registry/app/registry-3.jar", "org.example", "registry", "3");
        jar("infrastructure/registry/lib/main/org.example.saucer-1.1.jar", "org.example", "saucer", "1.2");
        jar("infrastructure/registry/lib/boot/org.example.spoon-5.jar", "org.example", "other", "9");
    }

    @Test
    void it_lists_what_each_part_has_and_a_component_of_two_parts_once() throws Exception {
        // when
        Bom bom = write();

        // then
        assertThat(bom.getComponents())
                .extracting(Component::getPurl, SbomWriterTest::parts)
                .containsExactlyInAnyOrder(
                        tuple(TRAY, List.of("application", "kafka")),
                        tuple("pkg:maven/io.masterdeal/role@1?type=jar", List.of("application")),
                        tuple("pkg:maven/org.example/cup@2.0?classifier=linux&type=jar", List.of("kafka")),
                        tuple(REGISTRY, List.of("registry")),
                        tuple("pkg:maven/org.example/saucer@1.2?type=jar", List.of("registry")),
                        tuple("pkg:maven/org.example/spoon@5?type=jar", List.of("registry")),
                        tuple("pkg:maven/org.example/database-binaries@18.6.0?type=jar", List.of("postgresql")));
    }

    @Test
    void a_jar_put_in_the_place_of_an_older_one_has_the_version_that_it_tells_itself() throws Exception {
        assertThat(write().getComponents())
                .filteredOn(component -> component.getName().equals("saucer"))
                .extracting(Component::getVersion)
                .containsExactly("1.2");
    }

    @Test
    void it_follows_the_schema_and_every_dependency_is_a_component() throws Exception {
        // when
        Bom bom = write();

        // then
        assertThat(new JsonParser().validate(target().toFile(), Version.VERSION_16))
                .isEmpty();
        List<String> references =
                bom.getComponents().stream().map(Component::getBomRef).toList();
        assertThat(bom.getDependencies())
                .filteredOn(dependency -> dependency.getRef().equals(REGISTRY))
                .singleElement()
                .extracting(Dependency::getDependencies)
                .asInstanceOf(InstanceOfAssertFactories.list(Dependency.class))
                .extracting(Dependency::getRef)
                .containsExactly("pkg:maven/org.example/saucer@1.2?type=jar", "pkg:maven/org.example/spoon@5?type=jar")
                .isSubsetOf(references);
    }

    @Test
    void the_same_components_give_the_same_file_whenever_it_is_made() throws Exception {
        // given
        write();
        String first = Files.readString(target());

        // when
        text(
                "application.json",
                Files.readString(folder.resolve("application.json")).replace("09:00:00", "10:00:00"));
        write();

        // then
        assertThat(Files.readString(target())).isEqualTo(first).doesNotContain("serialNumber", "timestamp");
    }

    @Test
    void a_jar_of_the_broker_that_the_list_does_not_name_is_told() throws IOException {
        // given
        jar("infrastructure/kafka/jars/tray-0.9.jar", "org.example", "tray", "0.9");

        // then
        assertThatThrownBy(this::write)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The folder jars has [tray-0.9.jar], and artifacts.txt does not name it.")
                .hasMessageEndingWith("Delete the folder target of local/ and build again.");
    }

    @Test
    void a_jar_of_the_registry_that_is_missing_is_told() throws IOException {
        // given
        Files.delete(folder.resolve("infrastructure/registry/lib/boot/org.example.spoon-5.jar"));

        // then
        assertThatThrownBy(this::write)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Line 2 of ")
                .hasMessageContaining(" names org.example.spoon-5.jar, which is in none of [lib/main, lib/boot].");
    }

    private Bom write() throws IOException, ParseException {
        SbomWriter.main(new String[] {
            folder.resolve("application.json").toString(),
            folder.resolve("infrastructure").toString(),
            target().toString()
        });
        return new JsonParser().parse(target().toFile());
    }

    private Path target() {
        return folder.resolve("distribution/sbom.json");
    }

    private static List<String> parts(Component component) {
        return component.getProperties().stream()
                .filter(property -> property.getName().equals(SbomBuilder.PART))
                .map(Property::getValue)
                .toList();
    }

    private void text(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void jar(String name, String group, String artifact, String version) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("META-INF/maven/" + group + "/" + artifact + "/pom.properties"));
            zip.write(("version=" + version + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
    }
}
