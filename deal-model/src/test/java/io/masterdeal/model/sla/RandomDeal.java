package io.masterdeal.model.sla;

import io.masterdeal.model.Fact;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.proof.RuleSets;
import io.masterdeal.model.rules.StatusModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The facts of one random deal, long and mostly regular: few objects, which all belong to it from their first fact on, and times that
 * are mostly different. So most facts can be folded without the earlier ones.
 */
final class RandomDeal {

    /** The deal. */
    static final ObjectKey ROOT = new ObjectKey("crm:deal:R");

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<ObjectKey> OBJECTS = Stream.of(
                    "crm:deal:R",
                    "crm:deal:R",
                    "crm:deal:R",
                    "media:mediaplan:1",
                    "docflow:contract:1",
                    "docflow:contract:2",
                    "legal:case:1",
                    "legal:case:2",
                    "dcm:invoice:1",
                    "dcm:closeout:1")
            .map(ObjectKey::new)
            .toList();

    private final Random random;

    private RandomDeal(Random random) {
        this.random = random;
    }

    /** The facts, in an order of arrival: that of their times, but for some that come late. */
    static List<Fact> arrival(Random random) {
        RandomDeal draw = new RandomDeal(random);
        int count = 5 + random.nextInt(40);
        Map<Long, Fact> byArrival = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            Fact fact = draw.fact();
            long delay = draw.chance(25) ? Duration.ofHours(random.nextInt(200)).toMillis() : 0;
            byArrival.put(1_000 * (fact.occurredAt().toEpochMilli() + delay) + i, fact);
        }
        return new ArrayList<>(byArrival.values());
    }

    private Fact fact() {
        // Contents of a few events about the deal that have no status, so that only its attributes are undecided
        // between them.
        boolean twin = chance(8);
        ObjectKey subject = twin ? ROOT : OBJECTS.get(random.nextInt(OBJECTS.size()));
        Map<String, String> attributes = new TreeMap<>();
        if (twin || chance(25)) {
            attributes.put("tier", chance(50) ? "gold" : "plain");
        }
        if (chance(25)) {
            attributes.put("amount", "" + random.nextInt(2));
        }
        if (chance(10)) {
            attributes.put("client", "C" + random.nextInt(3));
        }
        if (chance(10)) {
            attributes.put("twin", "" + random.nextInt(9));
        }
        return Fact.of(
                twin || chance(5) ? new UUID(0, random.nextInt(3)) : new UUID(random.nextLong(), random.nextLong()),
                "some.type",
                subject,
                twin || chance(15) ? null : status(subject.kind()),
                twin || chance(25) ? Long.valueOf(random.nextInt(4)) : null,
                START.plus(Duration.ofHours(random.nextInt(240))),
                subject.isRoot() ? List.of() : List.of(ROOT),
                attributes,
                null);
    }

    private String status(ObjectKind kind) {
        StatusModel model = Objects.requireNonNull(RuleSets.KINDS.get(kind));
        List<String> statuses = Stream.of(
                        model.order(),
                        model.order(),
                        model.dead(),
                        model.aside(),
                        model.outcomes().keySet())
                .flatMap(each -> each.stream().sorted())
                .toList();
        return statuses.get(random.nextInt(statuses.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
