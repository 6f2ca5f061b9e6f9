package io.masterdeal.console.deals;

import static org.assertj.core.api.Assertions.assertThat;

import io.masterdeal.console.RunningConsole;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs PostgreSQL or a server: saved views, and how wrong addresses are answered. */
@NullMarked
class DealsOnServersTest {

    @Test
    void views_are_saved_shared_replaced_and_removed_and_wrong_addresses_are_explained(@TempDir Path directory)
            throws Exception {
        try (RunningConsole console = RunningConsole.start(directory, Map.of());
                HttpClient http = HttpClient.newHttpClient()) {
            // when: the operator shares a view under a name that is taken for no markup
            HttpResponse<String> saved = post(
                    console, http, "operator", "/deals/views", "name=<b>Late&query=sla=breached%26limit=5&shared=true");

            // then: it leads to the list, and the reader sees it but may not remove it
            assertThat(saved.statusCode()).isEqualTo(303);
            assertThat(saved.headers().firstValue("Location")).contains("/deals?sla=breached&limit=5");
            assertThat(page(console)).contains("&lt;b&gt;Late", "href=\"/deals?sla=breached&amp;limit=5\"");
            post(console, http, "reader", "/deals/views/remove", "name=<b>Late");
            assertThat(page(console)).contains("&lt;b&gt;Late");

            // when: the operator saves another one under that name, for nobody else, and then removes it
            post(console, http, "operator", "/deals/views", "name=<b>Late&query=sla=ok");
            assertThat(page(console)).doesNotContain("Late");
            assertThat(post(console, http, "operator", "/deals/views/remove", "name=<b>Late")
                            .statusCode())
                    .isEqualTo(303);

            // then: what is no list of deals is not saved, and a wrong address is explained to people and programs
            assertThat(post(console, http, "operator", "/deals/views", "name=x&query=path=//evil")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(console.get("/deals?sla=late", "text/html").body())
                    .contains("This address cannot be shown", "none, ok, at_risk, breached");
            HttpResponse<String> problem = console.get("/deals?sla=late", "application/json");
            assertThat(problem.statusCode()).isEqualTo(400);
            assertThat(problem.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(problem.body()).contains("\"pointer\":\"/sla\"");
            assertThat(console.get("/deals.csv", "*/*").headers().firstValue("Content-Type"))
                    .contains("text/csv;charset=UTF-8");
        }
    }

    private static String page(RunningConsole console) throws IOException, InterruptedException {
        return console.get("/deals", "text/html").body();
    }

    /** The values of the form are given unencoded, but for an ampersand in them. */
    private static HttpResponse<String> post(
            RunningConsole console, HttpClient http, String principal, String path, String form)
            throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        for (String field : form.split("&", -1)) {
            int equals = field.indexOf('=');
            body.append(body.isEmpty() ? "" : "&")
                    .append(field, 0, equals + 1)
                    .append(URLEncoder.encode(field.substring(equals + 1).replace("%26", "&"), StandardCharsets.UTF_8));
        }
        return http.send(
                HttpRequest.newBuilder(console.address().resolve(path))
                        .header("Authorization", "Bearer " + console.key(principal))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                BodyHandlers.ofString());
    }
}
