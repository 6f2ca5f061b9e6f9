package io.masterdeal.facts.sla;

import io.masterdeal.model.ObjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Has tasks made for people when a clock warns or is breached, and closed when that turns out wrong. */
public interface SlaTasks {

    /** Makes none. */
    SlaTasks NONE = new SlaTasks() {
        @Override
        public int write(Connection connection, Collection<Task> open, Collection<UUID> close) {
            return 0;
        }

        @Override
        public void committed(int written) {}
    };

    /**
     * A task that somebody is to have.
     *
     * @param id of the task; a warning or breach that is told again after it was taken back has another one
     * @param dealId the deal
     * @param root its key
     * @param kind {@code warned} or {@code breached}
     * @param percent of the target: of a warning its own, of a breach 100
     * @param policy the name of the policy
     * @param object whose clock it is; null for a clock of the deal
     * @param domain whose task it is
     * @param title what to do
     * @param page whether somebody is called at once
     * @param startedAt when the cycle began, UTC
     * @param at when it warned or was breached, UTC
     * @param dueAt when the cycle is or was due, UTC; null if that is not known
     * @param revision of the deal that tells it
     */
    record Task(
            UUID id,
            UUID dealId,
            ObjectKey root,
            String kind,
            int percent,
            String policy,
            @Nullable ObjectKey object,
            String domain,
            String title,
            boolean page,
            Instant startedAt,
            Instant at,
            @Nullable Instant dueAt,
            long revision) {}

    /**
     * Stores what is wanted from now on; what is stored already stays as it is.
     *
     * @param connection of the transaction; only for statements
     * @param open tasks that are to be made
     * @param close ids of tasks that are not wanted any more, made already or not
     * @return how many requests there are to be sent
     */
    int write(Connection connection, Collection<Task> open, Collection<UUID> close) throws SQLException;

    /** Called when the transaction of {@link #write} is committed. */
    void committed(int written);
}
