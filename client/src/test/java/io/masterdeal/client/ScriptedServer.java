package io.masterdeal.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Stands in for a gateway or a service: gives the answers that a test lines up, and then accepts every event. */
final class ScriptedServer implements AutoCloseable {

    static final String KEY = "md_crm_a-key-of-more-than-32-characters";

    /** A request as it came. */
    record Asked(String method, String path, Map<String, List<String>> headers, String body) {

        /** The ids of its events. */
        List<String> ids() {
            List<String> ids = new ArrayList<>(headers.getOrDefault("Ce-id", List.of()));
            if (ids.isEmpty()) {
                JsonNode json = JsonMapper.shared().readTree(body);
                (json.isArray() ? json : JsonMapper.shared().createArrayNode().add(json))
                        .forEach(event -> ids.add(event.path("id").asString("")));
            }
            return ids;
        }
    }

    private interface Answer {
        void to(HttpExchange exchange, Asked asked) throws IOException;
    }

    private final HttpServer server;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private final CountDownLatch closed = new CountDownLatch(1);

    private final Queue<Answer> script = new ConcurrentLinkedQueue<>();

    final List<Asked> asked = new CopyOnWriteArrayList<>();

    ScriptedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            asked.add(request);
            Answer next = script.poll();
            (next == null ? (Answer) ScriptedServer::accept : next).to(exchange, request);
        }
    }

    private static void accept(HttpExchange exchange, Asked asked) throws IOException {
        if (asked.body().startsWith("[")) {
            reply(exchange, 202, items(asked.ids().stream().map(_ -> 202).toList()), Map.of());
        } else {
            reply(exchange, 202, "{\"topic\":\"crm.events\",\"partition\":2,\"offset\":7}", Map.of());
        }
    }

    private static String items(List<Integer> statuses) {
        ArrayNode items = JsonMapper.shared().createArrayNode();
        for (int i = 0; i < statuses.size(); i++) {
            ObjectNode item = items.addObject().put("status", statuses.get(i));
            if (statuses.get(i) == 202) {
                item.put("topic", "crm.events").put("partition", 0).put("offset", i);
            } else {
                ObjectNode problem =
                        item.putObject("problem").put("title", "title").put("detail", "detail of " + i);
                problem.putArray("errors")
                        .addObject()
                        .put("pointer", "/" + i + "/time")
                        .put("message", "must be a time");
            }
        }
        return JsonMapper.shared().createObjectNode().set("items", items).toString();
    }

    private static void reply(HttpExchange exchange, int status, String body, Map<String, String> headers)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** The next answer is a problem. */
    ScriptedServer problem(int status, String detail) {
        return problem(status, detail, Map.of());
    }

    ScriptedServer problem(int status, String detail, Map<String, String> headers) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("type", "urn:masterdeal:problem:test")
                .put("title", "Title of " + status)
                .put("status", status)
                .put("detail", detail);
        script.add((exchange, _) -> reply(exchange, status, json.toString(), headers));
        return this;
    }

    ScriptedServer body(int status, String body) {
        script.add((exchange, _) -> reply(exchange, status, body, Map.of()));
        return this;
    }

    /** The next answer, to a batch, has these items. */
    ScriptedServer items(int... statuses) {
        List<Integer> list = Arrays.stream(statuses).boxed().toList();
        script.add((exchange, _) -> reply(exchange, 207, items(list), Map.of()));
        return this;
    }

    /** The next request is accepted. */
    ScriptedServer accepted() {
        script.add(ScriptedServer::accept);
        return this;
    }

    /** The connection of the next request is closed without an answer. */
    ScriptedServer lost() {
        script.add((_, _) -> {});
        return this;
    }

    /** The next request gets no answer while the server is there. */
    ScriptedServer silence() {
        script.add((_, _) -> {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    /** The next answer begins, and does not end. */
    ScriptedServer stalled() {
        script.add((exchange, _) -> {
            exchange.sendResponseHeaders(202, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
