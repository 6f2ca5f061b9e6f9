package io.masterdeal.facts;

import io.masterdeal.facts.ReceivedStatement.Provenance;
import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Random stories of a few deals, in the order in which they happen: objects known before their deal, shared ones, links in
 * circles and between deals, deals named by id, ties, late facts, second contents, retractions of what was and of what is
 * yet to come. A seed always gives the same story; stories of different seeds share no object.
 */
final class Histories {

    private static final Provenance SOMEWHERE = new Provenance("/test", null, null, null, false, "test-0@0");

    private static final Map<String, List<String>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("crm:deal", List.of("Deal Created", "Brief Submitted", "Offer Sent", "Deal Lost", "Deal Reopened"));
        KINDS.put("media:mediaplan", List.of("Plan Draft", "Plan Ready", "Plan Cancelled"));
        KINDS.put(
                "docflow:contract",
                List.of("Contract Drafted", "Contract Signed", "Contract Rejected", "Act Completed"));
        KINDS.put("legal:case", List.of("Legal Started", "Legal Approved", "Legal Rejected"));
        KINDS.put("dcm:invoice", List.of("Invoice Issued", "Invoice Paid", "Invoice Cancelled"));
        KINDS.put("dcm:closeout", List.of("Closeout Completed"));
        KINDS.put("docflow:dossier", List.of("Dossier Linked"));
    }

    private static final List<String> NAMES = List.of("a", "é", "\uFF21", "\uD83D\uDE00", "b:c");

    private final Random random;

    private final String suffix;

    private final int names;

    private final List<Fact> facts = new ArrayList<>();

    private final List<Statement> story = new ArrayList<>();

    /** Ids retracted before anything came under them. */
    private final List<UUID> doomed = new ArrayList<>();

    private long clock = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

    private Histories(long seed) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
        this.suffix = suffix(seed);
        this.names = 1 + random.nextInt(NAMES.size());
    }

    /** What all keys of a seed's story end in. */
    static String suffix(long seed) {
        return "~" + seed;
    }

    static List<Statement> of(long seed) {
        return new Histories(seed).tell();
    }

    static ReceivedStatement received(Statement statement) {
        return ReceivedStatement.of(statement, SOMEWHERE);
    }

    static List<ReceivedStatement> received(List<? extends Statement> statements) {
        return statements.stream().map(Histories::received).toList();
    }

    /** A fact with nothing but what is said of it. */
    static Fact fact(UUID id, String subject, @Nullable String status, long at, String... links) {
        return Fact.of(
                id,
                "some.type",
                new ObjectKey(subject),
                status,
                null,
                Instant.ofEpochMilli(at),
                List.of(links).stream().map(ObjectKey::new).toList(),
                Map.of(),
                null);
    }

    static Retraction retraction(UUID id, UUID... retracts) {
        return Retraction.of(fact(id, "crm:deal:retracting", null, 0), List.of(retracts));
    }

    private List<Statement> tell() {
        int length = 4 + random.nextInt(30);
        boolean manySequences = chance(30);
        for (int i = 0; i < length; i++) {
            clock += chance(70) ? 60_000L * (1 + random.nextInt(5000)) : 0;
            if (chance(7)) {
                story.add(retract());
            } else if (!facts.isEmpty() && chance(5)) {
                keep(twin(facts.get(random.nextInt(facts.size()))));
            } else {
                keep(tellFact(manySequences));
            }
        }
        return story;
    }

    private void keep(Fact fact) {
        facts.add(fact);
        story.add(fact);
    }

    private Fact tellFact(boolean manySequences) {
        String kind = chance(30) ? "crm:deal" : anyKind();
        Set<ObjectKey> links = new HashSet<>();
        for (int i = kind.equals("crm:deal") ? random.nextInt(8) - 6 : random.nextInt(4) - 1; i > 0; i--) {
            links.add(key(chance(50) ? "crm:deal" : anyKind()));
        }
        List<String> statuses = KINDS.get(kind);
        String status = chance(10) || statuses == null
                ? null
                : chance(5) ? "Unheard Of" : statuses.get(random.nextInt(statuses.size()));
        UUID id = !doomed.isEmpty() && chance(40) ? doomed.removeLast() : newId();
        return Fact.of(
                id,
                "some.type",
                key(kind),
                status,
                chance(manySequences ? 60 : 10) ? random.nextLong(5) : null,
                Instant.ofEpochMilli(chance(15) ? clock - 3_600_000L * random.nextInt(500) : clock),
                links,
                attributes(kind, id),
                chance(8) ? MasterDealId.of(key("crm:deal")).value() : null);
    }

    /** What they are follows from the id for the most part, so that the other things in a story do not depend on it. */
    private Map<String, String> attributes(String kind, UUID id) {
        Map<String, String> attributes = new HashMap<>();
        if (chance(15)) {
            attributes.put("amount", "" + random.nextInt(9));
            attributes.put("quoted \"é\"", "");
        }
        long bits = id.getLeastSignificantBits();
        if (kind.equals("crm:deal") && (bits & 3) != 0) {
            attributes.put("client", "client " + (bits >> 2 & 3));
            if ((bits >> 4 & 1) != 0) {
                attributes.put("manager", "é" + (bits >> 5 & 1));
                attributes.put("a note", "" + (bits >> 6 & 3));
            }
        }
        return attributes;
    }

    /** Attributes of a second content; one that no answer has decides which is newer. */
    private static Map<String, String> others(Fact fact) {
        Map<String, String> attributes = new HashMap<>(fact.attributes());
        if (fact.subject().isRoot()) {
            attributes.put("a note", (fact.eventId().getLeastSignificantBits() & 1) == 0 ? "" : "z");
            attributes.put("client", "client of the other content");
        }
        return attributes;
    }

    /** Another content under the same id: another status, another link and other attributes, or another time. */
    private Fact twin(Fact fact) {
        int what = random.nextInt(3);
        List<ObjectKey> links = new ArrayList<>(fact.links());
        if (what == 1) {
            links.add(key("crm:deal"));
        }
        return Fact.of(
                fact.eventId(),
                fact.type(),
                what == 2 && chance(50) ? key(anyKind()) : fact.subject(),
                what == 0 ? "Contract Signed" : fact.status(),
                fact.sequence(),
                what == 2 ? fact.occurredAt().plusMillis(3_600_000) : fact.occurredAt(),
                links,
                what == 1 ? others(fact) : fact.attributes(),
                fact.masterDealId());
    }

    private Retraction retract() {
        List<UUID> wrong = new ArrayList<>();
        do {
            if (facts.isEmpty() || chance(25)) {
                UUID id = newId();
                doomed.add(id);
                wrong.add(id);
            } else {
                wrong.add(facts.get(random.nextInt(facts.size())).eventId());
            }
        } while (chance(30));
        UUID id = !facts.isEmpty() && chance(5)
                ? facts.get(random.nextInt(facts.size())).eventId()
                : newId();
        // Half of them reach only what their own domain said, whatever else they name.
        return chance(50)
                ? retraction(id, wrong.toArray(UUID[]::new))
                : Retraction.ofOwnDomain(fact(id, anyKind() + ":retracting", null, 0), wrong);
    }

    private UUID newId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private String anyKind() {
        return List.copyOf(KINDS.keySet()).get(random.nextInt(KINDS.size()));
    }

    private ObjectKey key(String kind) {
        int name = chance(50) ? 0 : random.nextInt(names);
        return new ObjectKey(kind + ":" + NAMES.get(name) + suffix);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
