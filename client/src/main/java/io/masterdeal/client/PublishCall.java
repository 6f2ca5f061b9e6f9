package io.masterdeal.client;

import io.masterdeal.client.PublishResult.Accepted;
import io.masterdeal.client.PublishResult.Rejected;
import io.masterdeal.client.PublishResult.Undecided;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** One call of {@link EventClient}: sends events until each is decided, or the retry policy gives up. */
final class PublishCall {

    private static final int BATCH = 250;

    private static final int BATCH_BYTES = 1 << 20;

    private static final String PATH = "/events";

    private final HttpTransport transport;

    private final List<CloudEvent> events;

    private final RetryListener listener;

    private final @Nullable PublishResult[] results;

    PublishCall(HttpTransport transport, List<CloudEvent> events, RetryListener listener) {
        this.transport = transport;
        this.events = List.copyOf(events);
        this.listener = listener;
        this.results = new PublishResult[events.size()];
    }

    /** Events, by their index, that an attempt left undecided, and why. */
    private record Open(List<Integer> events, @Nullable ApiException cause) {
        static final Open NONE = new Open(List.of(), null);
    }

    /** An attempt to publish some events, by their index. */
    private interface Attempt {
        Open run(List<Integer> batch) throws InterruptedException;
    }

    /** Publishes all of them. */
    List<PublishResult> run() throws InterruptedException {
        ApiException givenUp = null;
        for (int from = 0; from < events.size() && givenUp == null; ) {
            int to = endOfBatch(from);
            List<Integer> batch = IntStream.range(from, to).boxed().toList();
            givenUp = repeat(batch, events.get(from).isBinary() ? this::attemptSingle : this::attemptBatch);
            from = to;
        }
        List<PublishResult> all = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            all.add(result(i, givenUp));
        }
        return List.copyOf(all);
    }

    /** Publishes the only one, on its own. */
    PublishResult runSingle() throws InterruptedException {
        return result(0, repeat(List.of(0), this::attemptSingle));
    }

    private PublishResult result(int index, @Nullable ApiException givenUp) {
        PublishResult result = results[index];
        return result != null ? result : new Undecided(Objects.requireNonNull(givenUp));
    }

    private int endOfBatch(int from) {
        int bytes = events.get(from).content().length;
        int to = from + 1;
        if (events.get(from).isBinary()) {
            return to;
        }
        while (to < events.size() && to - from < BATCH && !events.get(to).isBinary()) {
            bytes += events.get(to).content().length;
            if (bytes > BATCH_BYTES) {
                break;
            }
            to++;
        }
        return to;
    }

    /** Attempts until all are decided; returns why it was given up, or null. */
    private @Nullable ApiException repeat(List<Integer> batch, Attempt attempt) throws InterruptedException {
        var timer = new RetryTimer(transport.settings().retry(), listener, transport.closed());
        List<Integer> left = batch;
        for (boolean repeated = false; ; repeated = true) {
            Open open = attempt.run(left);
            ApiException cause = open.cause();
            if (cause == null) {
                if (repeated) {
                    listener.recovered();
                }
                return null;
            }
            if (open.events().size() < left.size()) {
                timer.restart();
            }
            left = open.events();
            if (!timer.await(cause, left.size())) {
                return transport.closed().getCount() == 0 ? transport.closedException() : cause;
            }
        }
    }

    private Open attemptSingle(List<Integer> single) throws InterruptedException {
        int index = single.getFirst();
        CloudEvent event = events.get(index);
        HttpRequest.Builder request = transport.request(PATH).POST(BodyPublishers.ofByteArray(event.content()));
        if (event.isBinary()) {
            event.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        } else {
            request.header("Content-Type", "application/cloudevents+json; charset=UTF-8");
        }
        HttpReply reply;
        try {
            reply = transport.send(request);
        } catch (ApiException e) {
            return new Open(single, e);
        }
        StatusRule rule = StatusRule.of(reply.status());
        JsonNode answer = json(reply);
        if (rule == StatusRule.DONE && answer.isObject()) {
            results[index] = accepted(answer);
            return Open.NONE;
        }
        ApiProblem problem = ApiProblem.read(reply.status(), reply.body());
        if (rule == StatusRule.CONTENT_REFUSED) {
            results[index] = new Rejected(problem);
            return Open.NONE;
        }
        return new Open(
                single, rule == StatusRule.DONE ? notUnderstood(1, 0, problem) : failure(problem, reply.retryAfter()));
    }

    private Open attemptBatch(List<Integer> batch) throws InterruptedException {
        HttpReply reply;
        try {
            reply = transport.send(transport
                    .request(PATH)
                    .header("Content-Type", "application/cloudevents-batch+json; charset=UTF-8")
                    .POST(BodyPublishers.ofByteArray(body(batch))));
        } catch (ApiException e) {
            return new Open(batch, e);
        }
        JsonNode items = json(reply).path("items");
        if (items.size() == batch.size()) {
            return decide(batch, items, reply.retryAfter());
        }
        ApiProblem problem = ApiProblem.read(reply.status(), reply.body());
        return switch (StatusRule.of(reply.status())) {
            case DONE -> new Open(batch, notUnderstood(batch.size(), items.size(), problem));
            case REPEAT, CALLER_REFUSED -> new Open(batch, failure(problem, reply.retryAfter()));
            case CONTENT_REFUSED -> refused(batch, problem);
        };
    }

    /** A batch was refused as a whole: it is halved, until the event to blame is alone. */
    private Open refused(List<Integer> batch, ApiProblem problem) throws InterruptedException {
        if (batch.size() == 1) {
            results[batch.getFirst()] = new Rejected(problem);
            return Open.NONE;
        }
        List<Integer> second = batch.subList(batch.size() / 2, batch.size());
        Open open = attemptBatch(batch.subList(0, batch.size() / 2));
        return open.cause() == null
                ? attemptBatch(second)
                : new Open(
                        Stream.concat(open.events().stream(), second.stream()).toList(), open.cause());
    }

    private Open decide(List<Integer> batch, JsonNode items, @Nullable Duration retryAfter) {
        List<Integer> open = new ArrayList<>();
        ApiException cause = null;
        for (int i = 0; i < batch.size(); i++) {
            JsonNode item = items.get(i);
            int status = item.path("status").asInt(0);
            switch (StatusRule.ofItem(status)) {
                case DONE -> results[batch.get(i)] = accepted(item);
                case CONTENT_REFUSED ->
                    results[batch.get(i)] = new Rejected(ApiProblem.ofItem(status, item.path("problem"), "/" + i));
                case REPEAT, CALLER_REFUSED -> {
                    open.add(batch.get(i));
                    cause = failure(ApiProblem.ofItem(status, item.path("problem"), "/" + i), retryAfter);
                }
            }
        }
        return new Open(List.copyOf(open), cause);
    }

    ApiException failure(ApiProblem problem, @Nullable Duration retryAfter) {
        StatusRule rule = StatusRule.of(problem.status());
        return new ApiException(
                transport.server() + " answers " + PATH + " with " + problem.status() + ": " + problem.summary(),
                rule == StatusRule.DONE ? StatusRule.REPEAT : rule,
                problem,
                retryAfter);
    }

    private ApiException notUnderstood(int sent, int told, ApiProblem problem) {
        return new ApiException(
                transport.server() + " answers " + PATH + " with " + problem.status() + " for " + told + " of " + sent
                        + " events; is it a gateway of MasterDeal?",
                StatusRule.REPEAT,
                problem,
                null);
    }

    private static Accepted accepted(JsonNode item) {
        return new Accepted(
                item.path("topic").asString(""),
                item.path("partition").asInt(-1),
                item.path("offset").asLong(-1));
    }

    private byte[] body(List<Integer> batch) {
        var body = new ByteArrayOutputStream();
        body.write('[');
        for (int i = 0; i < batch.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(events.get(batch.get(i)).content());
        }
        body.write(']');
        return body.toByteArray();
    }

    private static JsonNode json(HttpReply reply) {
        try {
            return JsonMapper.shared().readTree(reply.body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }
}
