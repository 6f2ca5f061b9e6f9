package io.masterdeal.facts;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the listeners have prepared for changes whose deals are not written yet. */
final class PreparedChanges {

    private final List<ForListener<?>> all = new ArrayList<>();

    private int size;

    PreparedChanges(List<DealListener<?>> listeners) {
        listeners.forEach(listener -> all.add(new ForListener<>(listener)));
    }

    private static final class ForListener<M> {
        private final DealListener<M> listener;
        private final List<M> prepared = new ArrayList<>();

        private ForListener(DealListener<M> listener) {
            this.listener = listener;
        }

        private Runnable prepare(DealChange change) {
            M made = listener.prepare(change);
            return () -> prepared.add(made);
        }

        private void write(Connection connection) throws SQLException {
            if (!prepared.isEmpty()) {
                listener.write(connection, List.copyOf(prepared));
                prepared.clear();
            }
        }
    }

    /** Adds changes of one deal; if a listener refuses one of them, none has any. */
    void add(List<DealChange> changes) {
        List<Runnable> additions = new ArrayList<>(all.size() * changes.size());
        changes.forEach(change -> all.forEach(each -> additions.add(each.prepare(change))));
        additions.forEach(Runnable::run);
        size += changes.size();
    }

    /** Lets every listener write; returns how many changes there were. */
    int write(Connection connection) throws SQLException {
        for (ForListener<?> each : all) {
            each.write(connection);
        }
        int written = size;
        size = 0;
        return written;
    }
}
