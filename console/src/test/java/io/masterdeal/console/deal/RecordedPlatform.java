package io.masterdeal.console.deal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.page.Html;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.Look;
import io.masterdeal.console.page.View;
import io.masterdeal.console.page.Words;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.platform.RuleSetInUse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answers of a real service and router about one deal, as they were once recorded. */
final class RecordedPlatform implements AutoCloseable {

    /** Shortly after the records were made. */
    static final Instant NOW = Instant.parse("2026-12-01T03:13:30Z");

    private static final Words WORDS = Words.load();

    private final HttpServer server;
    private final ObjectNode answers;
    private final JsonNode rules = read("rules.json");
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Roles roles;
    private final RuleSetInUse rulesInUse;
    private boolean serviceIsAway;
    private @Nullable Card card;

    private RecordedPlatform(String name) throws IOException {
        answers = (ObjectNode) read(name + ".json");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        roles = new Roles(base.resolve("/service"), base.resolve("/router"), "key");
        rulesInUse = new RuleSetInUse(roles, Clock.systemUTC());
    }

    /** The answers of a file of the test's resources. */
    static RecordedPlatform of(String name) {
        try {
            return new RecordedPlatform(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String file) {
        try (InputStream in = RecordedPlatform.class.getResourceAsStream("/deal/" + file)) {
            return JsonMapper.shared().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The recorded answers, to be changed by a test: by the last part of the path. */
    ObjectNode answers() {
        return answers;
    }

    /** The paths that were asked for. */
    Set<String> asked() {
        return asked;
    }

    /** From now on the service answers 503; the board knows a card. */
    void stopService(Card known) {
        serviceIsAway = true;
        card = known;
    }

    /** The id of the deal. */
    String id() {
        return answers.path("deal").path("master_deal_id").asString("");
    }

    /** The page with a tab, as text. */
    String page(Language language, String zone, Map<String, String> query) {
        View view = view(language, zone);
        return new DealPageController(reader()).page(view, id(), query).text();
    }

    /** The page for programs. */
    Map<String, Object> json(Map<String, String> query) {
        return new DealPageController(reader()).json(view(Language.EN, "UTC"), id(), query);
    }

    /** A page about another deal. */
    Html pageOf(String id) {
        return new DealPageController(reader()).page(view(Language.EN, "UTC"), id, Map.of());
    }

    private DealReader reader() {
        Board board = (Board) Proxy.newProxyInstance(
                Board.class.getClassLoader(), new Class<?>[] {Board.class}, (_, _, _) -> Optional.ofNullable(card));
        return new DealReader(roles, board, rulesInUse);
    }

    private View view(Language language, String zone) {
        Look look = new Look(language, ZoneId.of(zone), Look.Theme.LIGHT);
        return new View(
                new Person("o.orlova", Right.VIEWER), look, WORDS, rulesInUse, List.of(), "/deals", "", "", NOW);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        JsonNode answer = path.startsWith("/service") && serviceIsAway ? null : find(path);
        int status = answer != null ? 200 : serviceIsAway ? 503 : 404;
        String body = answer != null
                ? answer.toString()
                : "{\"title\":\"no answer\",\"status\":" + status + ",\"detail\":\"recorded as <missing>\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private @Nullable JsonNode find(String path) {
        if (path.startsWith("/router/messages?")) {
            return answers.get("messages");
        }
        if (path.equals("/service/rules")) {
            return rules;
        }
        if (path.startsWith("/service/effects?deal=" + id())) {
            return answers.get("effects");
        }
        String deal = "/service/masterdeal/" + id();
        if (!path.startsWith(deal)) {
            return null;
        }
        String rest = path.substring(deal.length());
        if (rest.startsWith("?known_at=")) {
            return answers.get("known");
        }
        if (rest.equals("/why?stage=all")) {
            return answers.get("whyall");
        }
        String part = rest.replaceAll("\\?.*", "").replace("/", "");
        return answers.get(part.isEmpty() ? "deal" : part);
    }

    @Override
    public void close() {
        roles.close();
        server.stop(0);
    }
}
