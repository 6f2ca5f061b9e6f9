package io.masterdeal.service.query;

import io.masterdeal.facts.StoredState;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Utf8Order;
import io.masterdeal.model.deal.CurrentStatus;
import io.masterdeal.model.deal.DealState;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Times;
import io.masterdeal.service.query.ObjectDetails.Attributes;
import io.masterdeal.service.query.ObjectDetails.Counts;
import io.masterdeal.service.query.ObjectDetails.Link;
import io.masterdeal.service.query.ObjectsView.NodeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads the objects of a deal. Which they are, their statuses and their links stand in the deal's stored state; everything else is looked
 * up for the objects of one page, and of each of them a limited number of rows.
 */
@Component
class DealObjectQueries {

    /** The most links of one page; for each of them facts are looked at. */
    static final int MOST_LINKS = 1000;

    private final JdbcClient jdbc;

    private final ObjectDetails details;

    DealObjectQueries(Readers readers) {
        this.jdbc = readers.jdbc();
        this.details = new ObjectDetails(readers.jdbc());
    }

    private record Stored(ObjectKey root, @Nullable DealState state) {}

    /**
     * A page of the objects of a deal.
     *
     * @param deal that is known
     * @param after the key after which the page begins; null for the first page
     * @param limit the most objects of the page
     */
    ObjectsView of(UUID deal, @Nullable String after, int limit) {
        Stored stored = jdbc.sql("SELECT root_key, state FROM deals WHERE id = ?")
                .param(deal)
                .query((row, _) -> {
                    byte[] state = row.getBytes("state");
                    return new Stored(
                            new ObjectKey(row.getString("root_key")), state == null ? null : StoredState.read(state));
                })
                .single();
        Map<ObjectKey, Set<ObjectKey>> members = members(stored);
        List<ObjectKey> found = members.keySet().stream()
                .filter(key -> after == null || Utf8Order.INSTANCE.compare(key.value(), after) > 0)
                .limit(limit + 1L)
                .toList();
        Page<ObjectKey> page = Page.of(found, limit, ObjectKey::value);
        List<Link> links = links(page.items(), members);
        boolean tooMany = links.size() > MOST_LINKS;
        List<String> keys = page.items().stream().map(ObjectKey::value).toList();
        Map<String, Attributes> attributes = details.attributes(keys);
        return new ObjectsView(
                stored.root().value(),
                members.size(),
                nodes(page.items(), stored, attributes),
                details.links(deal, stored.root(), keys, tooMany ? links.subList(0, MOST_LINKS) : links),
                tooMany || attributes.values().stream().anyMatch(Attributes::cut),
                page.next());
    }

    /** The objects with facts, and the root, which may be only linked to. */
    private static Map<ObjectKey, Set<ObjectKey>> members(Stored stored) {
        Map<ObjectKey, Set<ObjectKey>> members = new TreeMap<>();
        if (stored.state() != null) {
            members.putAll(stored.state().members());
        }
        members.putIfAbsent(stored.root(), Set.of());
        return members;
    }

    /** The links within the deal, one more than a page may have if there are too many. */
    private static List<Link> links(List<ObjectKey> children, Map<ObjectKey, Set<ObjectKey>> members) {
        return children.stream()
                .flatMap(child -> new TreeSet<>(members.getOrDefault(child, Set.of()))
                        .stream().filter(members::containsKey).map(parent -> new Link(child.value(), parent.value())))
                .limit(MOST_LINKS + 1L)
                .toList();
    }

    private List<NodeView> nodes(List<ObjectKey> keys, Stored stored, Map<String, Attributes> attributes) {
        Map<String, Counts> counts =
                details.counts(keys.stream().map(ObjectKey::value).toList());
        List<NodeView> nodes = new ArrayList<>();
        for (ObjectKey key : keys) {
            CurrentStatus status =
                    stored.state() == null ? null : stored.state().current().get(key);
            Counts count = counts.getOrDefault(key.value(), Counts.NONE);
            nodes.add(new NodeView(
                    key.value(),
                    key.kind().value(),
                    status == null ? null : status.status(),
                    status == null ? null : Times.text(status.version().occurredAt()),
                    status == null ? null : status.version().eventId().toString(),
                    attributes.getOrDefault(key.value(), Attributes.NONE).values(),
                    // A root that is only linked to has no placement.
                    Math.clamp(count.deals(), 1, Counts.MOST),
                    count.deals() > Counts.MOST ? true : null,
                    Math.min(count.facts(), Counts.MOST),
                    count.facts() > Counts.MOST ? true : null));
        }
        return nodes;
    }
}
