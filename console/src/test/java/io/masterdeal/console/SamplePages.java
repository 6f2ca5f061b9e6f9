package io.masterdeal.console;

import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.Look;
import io.masterdeal.console.page.MenuEntry;
import io.masterdeal.console.page.View;
import io.masterdeal.console.page.Words;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.platform.RuleSetInUse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** What templates are told in tests: an operator looks, and the rule set gives the stages of {@link SampleDeals} titles. */
@NullMarked
public final class SamplePages {

    private static final List<String> RU = List.of(
            "Лид",
            "Бриф получен",
            "Предложение готово",
            "Согласование договора",
            "Договор подписан",
            "В работе",
            "Закрыта");
    private static final List<String> EN =
            List.of("Lead", "Briefed", "Offer ready", "Contracting", "Signed", "Running", "Closed");
    private static final Words WORDS = Words.load();
    private static @Nullable RuleSetInUse known;

    private SamplePages() {}

    public static View view(Language language, String path, String query) {
        return view(language, Look.Theme.LIGHT, path, query);
    }

    public static View view(Language language, Look.Theme theme, String path, String query) {
        return new View(
                new Person("Пётр Ильин", Right.OPERATOR),
                new Look(language, ZoneId.of("Europe/Moscow"), theme),
                WORDS,
                rules(),
                List.of(
                        new MenuEntry(10, "/", "overview.title", Right.VIEWER),
                        new MenuEntry(20, "/deals", "deals.title", Right.VIEWER)),
                path,
                query,
                "token-1",
                SampleDeals.NOW);
    }

    /** Read once, and not while this class is initialized: its server would wait for that. */
    private static synchronized RuleSetInUse rules() {
        RuleSetInUse rules = known;
        if (rules == null) {
            rules = read();
            known = rules;
        }
        return rules;
    }

    /** The titles as the service tells them. */
    private static RuleSetInUse read() {
        String stages = IntStream.range(0, RU.size())
                .mapToObj(i -> "{\"stage\":\"%s\",\"titles\":{\"ru\":\"%s\",\"en\":\"%s\"}}"
                        .formatted(SampleDeals.STAGES.get(i), RU.get(i), EN.get(i)))
                .collect(Collectors.joining(","));
        byte[] answer = ("{\"stages\":[" + stages + "]}").getBytes(StandardCharsets.UTF_8);
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/rules", exchange -> {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            URI service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            try (Roles roles = new Roles(service, null, "key")) {
                RuleSetInUse rules = new RuleSetInUse(roles, Clock.fixed(SampleDeals.NOW, ZoneId.of("UTC")));
                rules.stages();
                return rules;
            } finally {
                server.stop(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
