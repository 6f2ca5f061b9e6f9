package io.masterdeal.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role as it is started in production. */
class ConsoleRoleTest {

    @Test
    void pages_are_whole_without_the_roles_that_they_ask(@TempDir Path directory) throws Exception {
        try (RunningConsole console = RunningConsole.start(directory, Map.of())) {
            // when
            HttpResponse<String> page = console.get("/", "text/html");

            // then
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).startsWith("<!DOCTYPE html>").contains("<h1>Overview</h1>", "</html>");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .startsWith("default-src 'none'");
            String style = page.body().replaceAll("(?s).*href=\"(/assets/[^\"]*console.css)\".*", "$1");
            assertThat(console.get(style, "*/*").headers().firstValue("Cache-Control"))
                    .contains("max-age=31536000, public, immutable");
            assertThat(console.get("/", "application/json").body()).contains("\"deals\":");
        }
    }
}
