package io.masterdeal.router.subscription;

import io.masterdeal.role.database.Sql;
import io.masterdeal.role.database.Transactions;
import io.masterdeal.role.http.Problem;
import io.masterdeal.router.subscription.StoredSubscription.Origin;
import io.masterdeal.router.subscription.SubscriptionTable.Change;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The subscriptions and their changes. Thread-safe. */
public final class Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);

    private final Transactions transactions;

    private final SubscriptionRules rules;

    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private volatile Snapshot latest = new Snapshot(-1, List.of());

    /**
     * @param transactions in the router's schema
     * @param rules the rules for new and changed ones
     */
    public Subscriptions(Transactions transactions, SubscriptionRules rules) {
        this.transactions = transactions;
        this.rules = rules;
    }

    /**
     * A consistent set of active subscriptions.
     *
     * @param version incremented with each change of any subscription
     * @param active by name
     */
    public record Snapshot(long version, List<StoredSubscription> active) {}

    /** Adds a listener that is called when a subscription was changed by this process. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /**
     * The active subscriptions, locked against changes until the transaction ends.
     *
     * @throws SQLException if they cannot be read
     */
    public Snapshot share(Sql sql) throws SQLException {
        return read(sql, "SELECT version FROM subscription_set FOR SHARE");
    }

    /**
     * The active subscriptions.
     *
     * @throws SQLException if they cannot be read
     */
    public Snapshot now() throws SQLException {
        return transactions.run(connection -> read(new Sql(connection), "SELECT version FROM subscription_set"));
    }

    private Snapshot read(Sql sql, String statement) throws SQLException {
        long version = sql.query(statement, row -> row.getLong(1)).getFirst();
        Snapshot known = latest;
        if (known.version() == version) {
            return known;
        }
        Snapshot read = new Snapshot(version, new SubscriptionTable(sql).active());
        latest = read;
        return read;
    }

    /**
     * An active subscription.
     *
     * @param name its name
     */
    public Optional<StoredSubscription> find(String name) throws SQLException {
        return transactions.run(connection -> table(new Sql(connection)).find(name));
    }

    /**
     * The offsets at which each version of each present or former subscription is active.
     *
     * @throws SQLException if it cannot be read
     */
    public List<ActiveSpan> spans() throws SQLException {
        return transactions.run(connection -> table(new Sql(connection)).spans());
    }

    List<Change> changes(String name) throws SQLException {
        return transactions.run(connection -> table(new Sql(connection)).changes(name));
    }

    /**
     * Reads a document as a subscription of the API.
     *
     * @throws InvalidSubscriptionException if it is invalid
     */
    public Subscription check(JsonNode definition) {
        return SubscriptionDocument.read(definition, rules, false);
    }

    /**
     * Creates or changes a subscription of the API.
     *
     * @param expected the version it must have; 0 if it must not exist; null if that does not matter
     */
    StoredSubscription put(JsonNode definition, @Nullable Integer expected, String by) throws SQLException {
        Subscription subscription = check(definition);
        StoredSubscription stored = transactions.run(connection -> {
            SubscriptionTable table = table(new Sql(connection));
            table.lock();
            expect(table.find(subscription.name()), subscription.name(), expected);
            return table.put(subscription, definition, Origin.API, by);
        });
        changed();
        return stored;
    }

    /**
     * Stores that a version is stopped because its filter exceeded the budget.
     *
     * @param stored the version
     * @param eventId the event with which it did
     * @param reason in words, at most some hundred characters
     * @throws SQLException if it cannot be stored
     */
    public void stop(StoredSubscription stored, UUID eventId, String reason) throws SQLException {
        transactions.run(connection -> {
            SubscriptionTable table = table(new Sql(connection));
            table.lock();
            table.stop(stored, eventId, reason);
            return true;
        });
    }

    /** Pauses a subscription: nothing is sent, everything is kept. Does nothing if it is paused. */
    StoredSubscription pause(String name, String by) throws SQLException {
        return switched(name, true, by);
    }

    /**
     * Resumes a subscription that is paused, or was stopped because of its filter, from where it was; does nothing if it was neither.
     */
    StoredSubscription resume(String name, String by) throws SQLException {
        return switched(name, false, by);
    }

    private StoredSubscription switched(String name, boolean paused, String by) throws SQLException {
        StoredSubscription switched = transactions.run(connection -> {
            SubscriptionTable table = table(new Sql(connection));
            table.lock();
            StoredSubscription there = table.find(name)
                    .orElseThrow(() -> new Problem(
                            HttpStatus.NOT_FOUND, "no such subscription", "There is no subscription '" + name + "'."));
            if (!paused && there.stopped() != null) {
                table.resume(there, by);
            }
            if (there.subscription().paused() != paused) {
                expect(Optional.of(there), name, null);
                ObjectNode definition = (ObjectNode) there.definition().deepCopy();
                definition.put("paused", paused);
                return table.put(check(definition), definition, Origin.API, by);
            }
            return table.find(name).orElseThrow();
        });
        changed();
        return switched;
    }

    void delete(String name, @Nullable Integer expected, String by) throws SQLException {
        transactions.run(connection -> {
            SubscriptionTable table = table(new Sql(connection));
            table.lock();
            Optional<StoredSubscription> there = table.find(name);
            expect(there, name, expected);
            if (there.isEmpty()) {
                throw new Problem(
                        HttpStatus.NOT_FOUND, "no such subscription", "There is no subscription '" + name + "'.");
            }
            table.delete(there.get(), by);
            return true;
        });
        changed();
    }

    private static void expect(Optional<StoredSubscription> there, String name, @Nullable Integer expected) {
        there.filter(it -> it.origin() != Origin.API).ifPresent(it -> {
            throw new Problem(
                    HttpStatus.CONFLICT,
                    "not a subscription of the API",
                    it.origin() == Origin.FILE
                            ? "'" + name + "' comes from the file of subscriptions; change it there."
                            : "'" + name + "' is part of the platform.");
        });
        int version = there.map(StoredSubscription::version).orElse(0);
        if (expected != null && expected != version) {
            throw new Problem(
                    HttpStatus.PRECONDITION_FAILED,
                    "changed meanwhile",
                    version == 0
                            ? "There is no subscription '" + name + "'."
                            : "'" + name + "' has the ETag \"" + version + "\" now: look at it again.");
        }
    }

    /**
     * Replaces the subscriptions of an origin by those of a list: new ones are created, different ones changed, missing ones
     * deleted. Idempotent.
     *
     * @param definitions documents
     * @param origin {@link Origin#FILE} or {@link Origin#BUNDLED}
     * @throws InvalidSubscriptionException if one is invalid, or has the name of a subscription of another origin; then nothing
     *     was changed
     */
    public void apply(List<JsonNode> definitions, Origin origin) throws SQLException {
        List<Subscription> wanted = definitions.stream()
                .map(it -> SubscriptionDocument.read(it, rules, origin == Origin.BUNDLED))
                .toList();
        transactions.run(connection -> {
            SubscriptionTable table = table(new Sql(connection));
            table.lock();
            for (StoredSubscription stored : table.active()) {
                if (stored.origin() == origin
                        && wanted.stream().noneMatch(it -> it.name().equals(stored.name()))) {
                    table.delete(stored, origin == Origin.FILE ? "file" : "masterdeal");
                    log.warn(
                            "the subscription '{}' is no longer in the {}: it ends, and what was not delivered is discarded",
                            stored.name(),
                            origin == Origin.FILE ? "file" : "platform");
                }
            }
            for (int i = 0; i < wanted.size(); i++) {
                Optional<StoredSubscription> there = table.find(wanted.get(i).name());
                if (there.isPresent() && there.get().origin() != origin) {
                    throw new InvalidSubscriptionException(List.of(new InvalidSubscriptionException.Violation(
                            "/subscriptions/" + i + "/name", "is the name of another subscription already")));
                }
                if (there.isEmpty() || !there.get().definition().equals(definitions.get(i))) {
                    table.put(wanted.get(i), definitions.get(i), origin, origin == Origin.FILE ? "file" : "masterdeal");
                }
            }
            return true;
        });
        changed();
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private static SubscriptionTable table(Sql sql) {
        return new SubscriptionTable(sql);
    }
}
