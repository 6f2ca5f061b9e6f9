package io.masterdeal.effects.servers;

import io.masterdeal.effects.servers.RemoteSystem.Answer;
import io.masterdeal.effects.servers.RemoteSystem.Received;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How Task-Tracker answers: it makes one task for each idempotency key, and cancels those that are open. */
public final class TaskTracker implements Function<Received, Answer> {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private static final Map<String, String> PROBLEM = Map.of("Content-Type", "application/problem+json");

    private final Map<String, String> ids = new LinkedHashMap<>();

    private final Map<String, String> statuses = new LinkedHashMap<>();

    private final Map<String, Received> requests = new LinkedHashMap<>();

    @Override
    public synchronized Answer apply(Received request) {
        Received first = requests.putIfAbsent(request.key(), request);
        if (first != null && !(first.path() + first.body()).equals(request.path() + request.body())) {
            return problem(409, "This Idempotency-Key came with another request before.");
        }
        if (request.path().equals("/task/tasks")) {
            String id = ids.computeIfAbsent(request.key(), _ -> "T-" + (ids.size() + 1));
            statuses.putIfAbsent(id, "To do");
            return new Answer(201, JSON, "{\"key\":\"task:task:" + id + "\",\"kind\":\"task:task\"}");
        }
        String id = request.path().replaceFirst("^/task/tasks/(.*)/cancel$", "$1");
        @Nullable String status = statuses.get(id);
        if (status == null) {
            return problem(404, "There is no task with the id \"" + id + "\".");
        }
        if (first == null && !status.equals("To do")) {
            return problem(409, "\"cancel\" cannot be done to task:task:" + id + " while it is \"" + status + "\".");
        }
        statuses.put(id, "Needless");
        return new Answer(200, JSON, "{\"key\":\"task:task:" + id + "\"}");
    }

    private static Answer problem(int status, String detail) {
        return new Answer(status, PROBLEM, "{\"detail\":\"" + detail.replace("\"", "\\\"") + "\"}");
    }

    /** People complete a task. */
    public synchronized void complete(String id) {
        statuses.put(id, "Done");
    }

    /** The statuses of all tasks, in the order in which they were made. */
    public synchronized List<String> statuses() {
        return List.copyOf(statuses.values());
    }
}
