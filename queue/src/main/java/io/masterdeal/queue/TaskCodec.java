package io.masterdeal.queue;

import io.masterdeal.queue.broker.BrokerMessage;
import io.masterdeal.queue.broker.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Converts tasks to messages of a broker and back: the payload is the body, and the rest is in headers that begin with {@code
 * task-}.
 */
final class TaskCodec {

    private static final String ID = "task-id";

    private static final String TYPE = "task-type";

    private static final String ATTEMPTS = "task-attempts";

    private static final String FIRST_AT = "task-first-at";

    private static final String DUE_AT = "task-due-at";

    /** The prefix of the task's own headers, so that they cannot collide with ours. */
    private static final String THEIRS = "header-";

    /** How many characters are kept of a message that is not a task: as many as fit into a task in any case. */
    private static final int MOST_KEPT = 100_000;

    private TaskCodec() {}

    /** A message is not a task; the message of the exception says why. */
    static final class UnreadableException extends Exception {

        UnreadableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    static BrokerMessage write(WaitingTask waiting) {
        Task task = waiting.task();
        Map<String, String> headers = new HashMap<>();
        task.headers().forEach((name, value) -> headers.put(THEIRS + name, value));
        headers.put(ID, task.id().toString());
        headers.put(TYPE, task.type());
        headers.put(ATTEMPTS, Integer.toString(waiting.attempts()));
        headers.put(FIRST_AT, waiting.firstAt().toString());
        headers.put(DUE_AT, waiting.dueAt().toString());
        return new BrokerMessage(task.id().toString(), headers, task.payload().getBytes(StandardCharsets.UTF_8));
    }

    static TaskDelivery read(ReceivedMessage received) throws UnreadableException {
        Map<String, String> headers = received.message().headers();
        try {
            Map<String, String> theirs = new HashMap<>();
            headers.forEach((name, value) -> {
                if (name.startsWith(THEIRS)) {
                    theirs.put(name.substring(THEIRS.length()), value);
                }
            });
            Task task = new Task(
                    UUID.fromString(required(headers, ID)),
                    required(headers, TYPE),
                    new String(received.message().body(), StandardCharsets.UTF_8),
                    theirs);
            return new TaskDelivery(
                    task,
                    Integer.parseInt(required(headers, ATTEMPTS)) + received.deliveries(),
                    Instant.parse(required(headers, FIRST_AT)),
                    Instant.parse(required(headers, DUE_AT)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableException(String.valueOf(e.getMessage()), e);
        }
    }

    private static String required(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the header " + name + " is missing");
        }
        return value;
    }

    /** A task in place of a message that is not a task: the beginning of the message, with an id derived from its body. */
    static Task unreadable(BrokerMessage message) {
        String whole = new String(message.body(), StandardCharsets.UTF_8);
        int end = whole.offsetByCodePoints(0, Math.min(MOST_KEPT, whole.codePointCount(0, whole.length())));
        return new Task(UUID.nameUUIDFromBytes(message.body()), "unreadable", whole.substring(0, end), Map.of());
    }
}
