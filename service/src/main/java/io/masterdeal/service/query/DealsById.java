package io.masterdeal.service.query;

import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.role.http.Problem;
import io.masterdeal.service.query.DealQueries.Detail;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Several deals, each by its id or the key of its root. */
@Component
class DealsById {

    /** The most deals of one request. */
    static final int MOST = 100;

    private final DealLists deals;

    DealsById(DealLists deals) {
        this.deals = deals;
    }

    /**
     * The deals in the order of their names; one that is named twice comes once.
     *
     * @throws Problem if a name is neither an id nor the key of a root, or there are too many
     */
    DealPage find(List<String> names, Detail detail) {
        if (names.size() > MOST) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST,
                    "too many deals",
                    "'id' is given at most " + MOST + " times, not " + names.size() + ".");
        }
        Map<String, UUID> ids = new LinkedHashMap<>();
        names.forEach(name -> ids.put(name, id(name)));
        Map<UUID, DealView> found = deals.byIds(Set.copyOf(ids.values()), detail);
        Set<DealView> items = new LinkedHashSet<>();
        List<String> missing = new ArrayList<>();
        ids.forEach((name, id) -> {
            DealView deal = found.get(id);
            if (deal == null) {
                missing.add(name);
            } else {
                items.add(deal);
            }
        });
        return new DealPage(List.copyOf(items), null, missing);
    }

    private static UUID id(String name) {
        try {
            return name.contains(":") ? MasterDealId.of(new ObjectKey(name)).value() : UUID.fromString(name);
        } catch (IllegalArgumentException e) {
            throw wrong(name, e);
        }
    }

    private static Problem wrong(String name, @Nullable Exception cause) {
        return new Problem(
                HttpStatus.BAD_REQUEST,
                "not a deal",
                "'id' is the id of a deal or the key of its root, such as crm:deal:D-1; not '" + name
                        + "'. 'object' lists the deals of another object.",
                cause);
    }
}
