package io.masterdeal.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.masterdeal.console.access.Person;
import io.masterdeal.console.access.Right;
import io.masterdeal.console.page.Language;
import io.masterdeal.console.page.Look;
import io.masterdeal.console.page.Look.Theme;
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
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.NullMarked;

/** Service and router in one server that answers what a test has told it, and the views of pages in tests. */
@NullMarked
public final class StubbedRoles implements AutoCloseable {

    /** The instant of all pages. */
    public static final Instant NOW = Instant.parse("2026-04-06T09:00:00Z");

    private static final Words WORDS = Words.load();

    private final HttpServer server;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Roles roles;

    public StubbedRoles() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
        roles = new Roles(address(), address(), "key");
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Tells what to answer.
     *
     * @param request method and path, without the query
     * @param body JSON; an object with a {@code status} of 400 or more is a problem
     */
    public StubbedRoles on(String request, String body) {
        answers.put(request, body);
        return this;
    }

    /** The requests so far: method, path with query, and body. */
    public List<String> requests() {
        return requests;
    }

    public Roles roles() {
        return roles;
    }

    /** Where one role is that nobody has started. */
    public static Roles nobody() {
        return new Roles(null, null, "key");
    }

    private void answer(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.add((exchange.getRequestMethod() + " " + uri + " " + sent).strip());
        String body = answers.getOrDefault(
                exchange.getRequestMethod() + " " + uri.getPath(),
                "{\"status\":404,\"title\":\"no such thing\",\"detail\":\"There is nothing.\"}");
        int status = body.startsWith("{\"status\":") ? Integer.parseInt(body.substring(10, 13)) : 200;
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** A page for a person in a language, in UTC, without a title for any stage. */
    public static View view(Language language, Right right) {
        return new View(
                new Person("Anna Reed", right),
                new Look(language, ZoneOffset.UTC, Theme.LIGHT),
                WORDS,
                new RuleSetInUse(nobody(), Clock.systemUTC()),
                List.of(),
                "/",
                "",
                "token",
                NOW);
    }

    @Override
    public void close() {
        server.stop(0);
        roles.close();
    }
}
