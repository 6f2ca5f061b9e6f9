package io.masterdeal.router.deadletter;

import io.masterdeal.role.database.Sql;
import io.masterdeal.router.ledger.DeliveryState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The conditions of a statement about deliveries {@code d}, messages {@code m} and subscriptions {@code s}, with their parameters. */
final class Where {

    /** The tables, up to the conditions. */
    static final String FROM = " FROM deliveries d JOIN messages m ON m.id = d.message_id"
            + " AND m.accepted_at = d.accepted_at JOIN subscriptions s ON s.id = d.subscription WHERE ";

    private final List<String> conditions = new ArrayList<>();

    private final List<@Nullable Object> parameters = new ArrayList<>();

    private Where() {}

    /** The conditions of a selection. */
    static Where of(Selection selection) {
        Where where = new Where();
        List<String> states = selection.states();
        if (states == null) {
            // As text, so that the index of dead letters can be used.
            where.add("d.state = '" + DeliveryState.DEAD_LETTERED.text() + "'");
        } else {
            where.add("d.state = ANY (?)", new Sql.Texts(states));
        }
        if (selection.messageIds() != null) {
            where.add("d.message_id = ANY (?)", new Sql.Longs(selection.messageIds()));
        }
        if (selection.eventIds() != null) {
            where.add("m.event_id = ANY (?)", new Sql.Uuids(selection.eventIds()));
        }
        if (selection.subscription() != null) {
            where.add("s.name = ?", selection.subscription());
        }
        if (selection.type() != null) {
            where.add("m.type = ?", selection.type());
        }
        if (selection.masterDealId() != null) {
            where.add("m.master_deal_id = ?", selection.masterDealId());
        }
        if (selection.orderKey() != null) {
            where.add("d.order_key = ?", selection.orderKey());
        }
        if (selection.reason() != null) {
            where.add("d.reason = ?", selection.reason());
        }
        if (selection.lastStatus() != null) {
            where.add("(d.tries -> -1 ->> 'status')::integer = ?", selection.lastStatus());
        }
        return where;
    }

    /** Adds a condition, with the values of its question marks. */
    void add(String condition, @Nullable Object... values) {
        conditions.add(condition);
        parameters.addAll(Arrays.asList(values));
    }

    /** All conditions. */
    String text() {
        return String.join(" AND ", conditions);
    }

    /** The values of all question marks, and more. */
    @Nullable
    Object[] with(@Nullable Object... more) {
        List<@Nullable Object> all = new ArrayList<>(parameters);
        all.addAll(Arrays.asList(more));
        return all.toArray();
    }
}
