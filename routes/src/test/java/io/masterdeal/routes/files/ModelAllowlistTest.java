package io.masterdeal.routes.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masterdeal.contracts.catalog.EventCatalog;
import io.masterdeal.routes.trial.Trial;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Routes run only what is listed, however they ask for it; a refusal says where it is and what is listed. */
class ModelAllowlistTest {

    private static String route(String step) {
        return "- route:\n    id: r\n    from:\n      uri: direct:r\n      steps:\n        - " + step + "\n";
    }

    private static Trial load(String yaml) throws Exception {
        return Trial.of(List.of(new RouteFile("r.yaml", yaml)), null, EventCatalog.bundled());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "setBody: {simple: \"${bean:type:java.lang.Runtime?method=getRuntime}\"} | bean:type",
                "setBody: {simple: \"${body.exec('true')}\"} | body.exec",
                "setBody: {simple: \"${body.class.name}\"} | body.class",
                "setBody: {simple: \"${body.trim().getClass().forName('x')}\"} | getClass",
                "setBody: {simple: \"${camelContext.stop()}\"} | camelContext",
                "setBody: {simple: \"${exchange.context.stop}\"} | exchange.context",
                "setBody: {simple: \"$simple{sysenv.PATH}\"} | sysenv",
                "setBody: {simple: \"${env:PATH}\"} | env:PATH",
                "setBody: {simple: \"${ref:csv}\"} | ref:csv",
                "setBody: {simple: \"${type:java.lang.Math.PI}\"} | type:java",
                "setBody: {simple: \"${trim(${bean:x})}\"} | bean:x",
                "setBody: {simple: \"${load(classpath:x)}\"} | load(",
                "setBody: {simple: \"resource:file:/etc/hostname\"} | resource:",
                "setBody: {constant: \"resource:file:/etc/hostname\"} | resource:",
                "setBody: {simple: {expression: \"${body}\", resultType: java.lang.Runtime}} | java.lang.Runtime",
                "setBody: {language: {language: bean, expression: x}} | language 'bean'",
                "setBody: {csimple: \"${body}\"} | language 'csimple'",
                "filter: {simple: \"${bean:x} == 1\", steps: [{stop: {}}]} | bean:x",
                "choice: {when: [{simple: \"${body} == 1\", steps: [{setBody: {simple: \"${ref:x}\"}}]}]} | ref:x",
                "log: \"${bean:x}\" | bean:x",
                "toD: \"http://x/${bean:x}\" | bean:x",
                "to: {uri: masterdeal:json, parameters: {a: \"${bean:x}\"}} | bean:x",
                "to: exec:ls | there is no 'exec:'",
                "to: {uri: \"file:out\", parameters: {filter: \"#class:java.lang.Object\"}} | reference",
                "wireTap: {uri: \"exec:ls\"} | there is no 'exec:'",
                "convertBodyTo: {type: java.lang.Runtime} | java.lang.Runtime",
                "throwException: {exceptionType: com.sun.Evil, message: x} | com.sun.Evil",
                "split: {simple: \"${body}\", aggregationStrategy: \"#class:x.Y\", steps: [{stop: {}}]} | aggregation strategy",
                "unmarshal: {json: {unmarshalType: java.lang.Runtime}} | unmarshalType",
                "unmarshal: {yaml: {}} | data format",
                "process: {ref: csv} | step 'process'",
                "dynamicRouter: {simple: \"${body}\"} | dynamicRouter"
            })
    void what_is_not_listed_is_refused_with_its_line(String step, String named) {
        assertThatThrownBy(() -> load(route(step)).close())
                .isInstanceOf(RouteFileException.class)
                .hasMessageContaining(named)
                .satisfies(it -> assertThat(((RouteFileException) it).line()).isBetween(2, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body}",
                "${body[a b][0]}",
                "${body['Сумма, руб.'].replaceAll('[^0-9,]', '').replaceAll(',', '.')}",
                "${body[date].substring(6,10)}-${body[date].substring(3, 5)}",
                "${header.ce-subject}",
                "${header[x.y]} and ${exchangeProperty.CamelSplitIndex}",
                "${variable.plan} contains 'ready'",
                "${date:now:yyyy-MM-dd'T'HH:mm:ss}",
                "${file:name.noext}",
                "${trim(${body[a]})}",
                "${substringBefore(${body[a]}, ',')}",
                "no function, {braces}, $ and %"
            })
    void what_routes_need_is_allowed(String expression) {
        assertThatCode(() -> SimpleAllowlist.check(expression)).doesNotThrowAnyException();
    }

    @Test
    void an_expression_in_the_data_stays_a_text_or_fails() throws Exception {
        // given
        String yaml = route("setBody: {simple: \"${body.replaceAll('a', '${header.evil}')}\"}")
                + "        - to: {uri: masterdeal:json, parameters: {got: \"${body}\"}}\n        - to: http://127.0.0.1:9/x\n";
        try (Trial trial = load(yaml)) {
            // when
            JsonNode told = trial.run(
                    "r",
                    new Trial.Sample(
                            "abc".getBytes(StandardCharsets.UTF_8),
                            Map.of("evil", "${bean:type:java.lang.Runtime?method=getRuntime}")));

            // then
            assertThat(told.path("sends").toString()).doesNotContain("java.lang.Runtime@");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- &a\n  route:\n    id: r\n    from: {uri: 'direct:r', steps: [*a]}\n",
                "- route: &a\n    id: r\n    x: *a\n",
                "- route:\n    id: r\n    from: {uri: 'direct:r', parameters: &p {x: *p}, steps: []}\n"
            })
    void a_file_that_contains_itself_is_refused(String yaml) {
        assertThatThrownBy(() -> load(yaml).close()).isInstanceOf(RouteFileException.class);
    }

    @Test
    void a_file_that_is_nested_without_end_is_refused() {
        String yaml = "- route: " + "[".repeat(5_000) + "]".repeat(5_000) + "\n";

        assertThatThrownBy(() -> load(yaml).close()).isInstanceOf(RouteFileException.class);
    }
}
