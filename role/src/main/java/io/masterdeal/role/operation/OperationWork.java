package io.masterdeal.role.operation;

import io.masterdeal.role.database.Sql;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the operations of a role do with their items. */
public interface OperationWork {

    /**
     * What is left to do of an operation.
     *
     * @param id of the operation
     * @param action what to do with each item
     * @param selection which items
     * @param reason why
     * @param startedAt items that changed later were not meant
     * @param place where to go on: as the last chunk said it; null if there was none yet
     * @param items how many were worked through; those of the next chunk are numbered from here on
     */
    record Task(
            UUID id,
            String action,
            JsonNode selection,
            String reason,
            OffsetDateTime startedAt,
            @Nullable String place,
            long items) {}

    /**
     * What was done in one transaction.
     *
     * @param results how many items have which result
     * @param place where to go on; null if nothing is left
     */
    record Chunk(Map<String, Long> results, @Nullable String place) {

        /** How many items it had. */
        long items() {
            return results.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Works through the next items, and writes the result of each into {@code operation_items}.
     *
     * @param sql in the transaction
     * @param most how many items at most
     */
    Chunk work(Sql sql, Task task, int most) throws SQLException;

    /** Called after the transaction of a chunk. */
    void committed(String action, Map<String, Long> results);

    /**
     * The items of an operation that were worked through, in this order.
     *
     * @param after only those with a greater number
     */
    List<OperationItem> items(Sql sql, UUID operation, long after, int limit) throws SQLException;
}
