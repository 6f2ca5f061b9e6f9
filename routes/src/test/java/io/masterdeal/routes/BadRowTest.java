package io.masterdeal.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masterdeal.routes.servers.Endpoint;
import io.masterdeal.routes.servers.RouteFolderOf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that does not fit its table is kept at once: a retry would take seconds for each row, and change nothing. */
class BadRowTest {

    @Test
    void bad_rows_are_not_tried_again(@TempDir Path root) throws Exception {
        RouteFolderOf folder = new RouteFolderOf(root);
        try (Endpoint far = Endpoint.start()) {
            // given
            folder.write(
                    "rows.yaml",
                    "- route:\n    id: rows\n    from:\n      uri: file:DROP\n"
                            + "      parameters: {delay: '100', initialDelay: '0', readLock: none}\n      steps:\n"
                            + "        - unmarshal: {custom: {ref: csv}}\n        - split:\n            simple: ${body}\n"
                            + "            steps:\n              - setBody: {simple: \"${body[a]}\"}\n              - to: "
                            + far.url() + "/x\n");
            try (RouteEngine engine = folder.startAlone()) {
                assertThat(engine.problems()).isEmpty();

                // and a file of rejected items that somebody has spoilt
                Path kept = Files.createDirectories(folder.drop().resolve(".rejected"));
                Files.write(kept.resolve("bad.csv.jsonl"), new byte[] {(byte) 0xce, '\n'});

                // when
                folder.drop("bad.csv", "a,b\n1,2,3\n1\n" + "1,2,3\n".repeat(8));

                // then
                await().atMost(Duration.ofSeconds(5))
                        .until(() -> Files.exists(folder.drop().resolve(".camel/bad.csv")));
                assertThat(Files.readString(kept.resolve("bad.csv.jsonl"), StandardCharsets.ISO_8859_1)
                                .lines())
                        .hasSize(11);
                assertThat(far.received()).isEmpty();
            }
        }
    }
}
