package io.masterdeal.console.search;

import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardPage;
import io.masterdeal.console.board.Card;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.Sort;
import io.masterdeal.console.deals.Query;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.RoleRequest;
import io.masterdeal.console.platform.Roles;
import io.masterdeal.console.search.Hit.Kind;
import io.masterdeal.worker.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds what has a key or words: on the board at once, and at service and router at the same time, each of which has 300 ms. */
@Component
final class KeySearch implements DisposableBean {

    static final int MOST_DEALS = 20;

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Pattern KEY = Pattern.compile("[^:\\s]+:[^:\\s]+:\\S+");
    private static final Pattern ID = Pattern.compile("[!-~]{8,200}");

    private final Board board;
    private final Roles roles;
    private final ExecutorService asking = Workers.perTask("search-");

    KeySearch(Board board, Roles roles) {
        this.board = board;
        this.roles = roles;
    }

    /** A question to a role, and what its answer tells. */
    private record Question(RoleName role, String path, Function<JsonNode, List<Hit>> hits) {}

    /** Searches for a text. */
    Found find(String text, Instant now) {
        if (text.isEmpty()) {
            return new Found(text, List.of(), List.of(), 0, List.of());
        }
        Optional<Card> known = onBoard(text);
        if (known.isPresent()) {
            return new Found(text, List.of(deal(known.get())), List.of(), 0, List.of());
        }
        Set<Hit> hits = new LinkedHashSet<>();
        List<String> silent = new ArrayList<>();
        ask(questions(text), hits, silent);
        BoardPage words = board.page(words(text), Sort.CHANGED, null, MOST_DEALS, now);
        return new Found(text, List.copyOf(hits), words.cards(), words.total(), silent);
    }

    private Optional<Card> onBoard(String text) {
        UUID id = uuid(text);
        return id == null ? board.byRoot(text) : board.card(id);
    }

    private static Hit deal(Card card) {
        return new Hit(Kind.DEAL, card.root(), card.attribute("client"), "/deals/" + card.id());
    }

    private static DealSelection words(String text) {
        DealSelection all = DealSelection.ALL;
        return new DealSelection(
                all.stages(), all.outcomes(), all.attributes(), all.ruleSets(), all.sla(), null, null, null, text);
    }

    private static List<Question> questions(String text) {
        List<Question> questions = new ArrayList<>();
        if (KEY.matcher(text).matches()) {
            questions.add(new Question(
                    RoleName.SERVICE,
                    Query.EMPTY.and("object", text).and("limit", "50").at("/masterdeal"),
                    body -> deals(body, text)));
        }
        if (uuid(text) != null) {
            questions.add(new Question(RoleName.SERVICE, "/masterdeal/" + text, body -> deal(body)));
            questions.add(new Question(RoleName.SERVICE, "/facts/" + text, body -> event(body, text)));
        }
        if (ID.matcher(text).matches() && !KEY.matcher(text).matches()) {
            questions.add(new Question(
                    RoleName.ROUTER,
                    Query.EMPTY.and("event_id", text).at("/messages"),
                    body -> trace(body, Kind.EVENT, "event_id", text)));
            questions.add(new Question(
                    RoleName.ROUTER,
                    Query.EMPTY.and("correlation_id", text).at("/messages"),
                    body -> trace(body, Kind.CORRELATION, "correlation_id", text)));
        }
        return questions;
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static List<Hit> deals(JsonNode body, String object) {
        List<Hit> hits = new ArrayList<>();
        for (JsonNode deal : items(body)) {
            String id = deal.path("master_deal_id").asString("");
            if (!id.isEmpty()) {
                hits.add(new Hit(Kind.OBJECT, deal.path("root").asString(id), object, "/deals/" + id));
            }
        }
        return hits;
    }

    private static List<Hit> deal(JsonNode body) {
        String id = body.path("master_deal_id").asString("");
        return id.isEmpty()
                ? List.of()
                : List.of(new Hit(Kind.DEAL, body.path("root").asString(id), "", "/deals/" + id));
    }

    private static List<Hit> event(JsonNode body, String id) {
        JsonNode fact = body.isArray() ? body.path(0) : body;
        return fact.path("event_id").asString("").isEmpty()
                ? List.of()
                : List.of(new Hit(
                        Kind.EVENT, id, "", Query.EMPTY.and("event_id", id).at("/trace")));
    }

    private static List<Hit> trace(JsonNode body, Kind kind, String parameter, String id) {
        return items(body).isEmpty()
                ? List.of()
                : List.of(new Hit(kind, id, "", Query.EMPTY.and(parameter, id).at("/trace")));
    }

    /** The items of a page, whatever the list is called. */
    private static JsonNode items(JsonNode body) {
        if (body.isArray()) {
            return body;
        }
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (field.getValue().isArray()) {
                return field.getValue();
            }
        }
        return JsonNodeFactory.instance.arrayNode();
    }

    private void ask(List<Question> questions, Set<Hit> hits, List<String> silent) {
        Map<Question, Future<RoleAnswer>> asked = new LinkedHashMap<>();
        for (Question question : questions) {
            RoleRequest request = new RoleRequest("GET", question.path(), null, null, PATIENCE);
            asked.put(question, asking.submit(() -> roles.send(question.role(), request)));
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> said = new LinkedHashSet<>();
        asked.forEach((question, future) -> {
            RoleAnswer answer = wait(future, end - System.nanoTime());
            if (answer != null && answer.isOk()) {
                hits.addAll(question.hits().apply(answer.body()));
            } else if (answer == null) {
                said.add("the " + question.role().text() + " did not answer within " + PATIENCE.toMillis() + " ms");
            } else if (!answer.isAbsent()) {
                said.add(answer.isAway() ? answer.problem() : question.role().text() + ": " + answer.problem());
            }
        });
        silent.addAll(said);
    }

    private static @Nullable RoleAnswer wait(Future<RoleAnswer> future, long nanos) {
        try {
            return future.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            future.cancel(true);
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a role could not be asked", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public void destroy() {
        asking.shutdownNow();
    }
}
