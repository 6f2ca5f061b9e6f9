package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.routes.servers.Endpoint;
import io.masterdeal.routes.servers.RouteFolderOf;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anyone who may drop files cannot make the router read other files. */
class LinkedFileTest {

    @Test
    void links_in_a_drop_folder_are_not_read(@TempDir Path root) throws Exception {
        RouteFolderOf folder = new RouteFolderOf(root);
        try (Endpoint far = Endpoint.start()) {
            // given
            Path secret = Files.writeString(root.resolve("private.txt"), "private");
            Path others = Files.createDirectory(root.resolve("others"));
            Files.writeString(others.resolve("a.txt"), "private too");
            Files.createDirectories(folder.drop());
            Files.createSymbolicLink(folder.drop().resolve("a-link.txt"), secret);
            Files.createSymbolicLink(folder.drop().resolve("b-link"), others);
            folder.write(
                    "all.yaml",
                    "- route:\n    id: all\n    from:\n      uri: file:DROP\n"
                            + "      parameters: {recursive: 'true', delay: '100', initialDelay: '0', readLock: none}\n"
                            + "      steps:\n        - convertBodyTo: {type: String}\n        - to: " + far.url()
                            + "/x\n");
            try (RouteEngine engine = folder.startAlone()) {
                assertThat(engine.problems()).isEmpty();

                // when
                folder.drop("c.txt", "public");

                // then
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> Files.exists(folder.drop().resolve(".camel/c.txt")));
            }
            assertThat(far.received()).containsExactly("POST /x public");
            assertThat(secret).exists();
            assertThat(others.resolve("a.txt")).exists();
        }
    }

    @Test
    void nothing_is_moved_through_a_link(@TempDir Path root) throws Exception {
        RouteFolderOf folder = new RouteFolderOf(root);
        // given
        Files.createDirectories(folder.drop());
        Files.createSymbolicLink(folder.drop().resolve(".camel"), folder.routes());
        folder.write("all.yaml", """
                - route:
                    id: all
                    from:
                      uri: file:DROP
                      parameters: {delay: '50', initialDelay: '0', readLock: none}
                      steps:
                        - stop: {}
                """);
        try (RouteEngine engine = folder.startAlone()) {
            // when
            folder.drop("evil.yaml", "- route: {}");

            // then
            await().during(Duration.ofMillis(400))
                    .atMost(Duration.ofSeconds(5))
                    .until(() -> !Files.exists(folder.routes().resolve("evil.yaml")));
            assertThat(engine.problems()).isEmpty();
        }
    }
}
