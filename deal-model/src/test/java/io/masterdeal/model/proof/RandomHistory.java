package io.masterdeal.model.proof;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Retraction;
import io.masterdeal.model.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Small random histories with all the irregularities of real ones: late and circular links, shared objects, ties, facts
 * without sequence or status, unlisted statuses, keys beyond the Basic Multilingual Plane, roots linked to
 * roots, retractions of facts, of retractions and of nothing. The same seed gives the same history.
 */
public final class RandomHistory {

    /** A day in ms. */
    private static final long DAY = 86_400_000L;

    /** 2026-01-01, in ms since 1970. */
    private static final long START = 1_767_225_600_000L;

    private static final List<String> KINDS = List.of(
            "crm:deal",
            "media:mediaplan",
            "docflow:contract",
            "docflow:dossier",
            "docflow:invoice",
            "legal:case",
            "dcm:invoice",
            "dcm:closeout",
            "task:task");

    private static final int[] WEIGHTS = {8, 5, 9, 2, 2, 8, 3, 1, 1};

    private static final Map<String, List<String>> STATUSES = Map.of(
            "crm:deal",
            List.of("Deal Created", "Brief Submitted", "Offer Sent", "Deal Lost", "Deal Cancelled"),
            "media:mediaplan",
            List.of("Plan Ready", "Plan Draft", "Plan Cancelled"),
            "docflow:contract",
            List.of("Contract Drafted", "Contract Signed", "Contract Rejected", "Contract Cancelled", "Act Completed"),
            "docflow:invoice",
            List.of("Invoice Issued", "Invoice Cancelled"),
            "legal:case",
            List.of("Legal Started", "Legal Approved", "Legal Approved", "Legal Rejected"),
            "dcm:invoice",
            List.of("Invoice Issued", "Invoice Paid", "Invoice Cancelled"),
            "dcm:closeout",
            List.of("Closeout Completed"));

    /** In UTF-8 the second of these comes before the third; in UTF-16 it is the other way round. */
    private static final List<String> NAMES = List.of("A", "\uFF21:1", "\uD83D\uDE00", "b", "\u00E9");

    private final Random random;

    private final boolean conflicts;

    private final int names;

    private final String suffix;

    private final List<Statement> told = new ArrayList<>();

    private RandomHistory(long seed, boolean conflicts) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.conflicts = conflicts;
        this.names = 1 + random.nextInt(3);
        this.suffix = "." + seed;
    }

    /**
     * A history, in some order of arrival. Its keys end in the seed, so that histories of different seeds share no
     * object.
     *
     * @param conflicts whether some ids have more than one content
     */
    public static List<Statement> of(long seed, boolean conflicts) {
        return new RandomHistory(seed, conflicts).tell();
    }

    private List<Statement> tell() {
        int count = 3 + random.nextInt(26);
        for (int i = 0; i < count; i++) {
            told.add(conflicts && !told.isEmpty() && chance(6) ? twin((Fact) anyTold()) : fact(newId()));
        }
        for (int i = random.nextInt(4) - 1; i > 0; i--) {
            told.add(retraction());
        }
        Collections.shuffle(told, random);
        return told;
    }

    private Fact fact(UUID id) {
        String kind = kind();
        ObjectKey subject = key(kind);
        List<ObjectKey> links = new ArrayList<>();
        int some = kind.equals("crm:deal") ? random.nextInt(8) - 6 : random.nextInt(4) - 1;
        for (int i = some; i > 0; i--) {
            links.add(key(parentOf(kind)));
        }
        return Fact.of(
                id,
                "some.type",
                subject,
                status(kind),
                sequence(),
                Instant.ofEpochMilli(START + random.nextInt(7) * DAY + (chance(10) ? 1 : 0)),
                links,
                chance(20) ? Map.of("amount", "" + random.nextInt(3), "\u00E9", "\"") : Map.of(),
                chance(10) ? MasterDealId.of(key("crm:deal")).value() : null);
    }

    /** The same id and version about the same object, with another content. */
    private Fact twin(Fact fact) {
        return Fact.of(
                fact.eventId(),
                fact.type(),
                fact.subject(),
                status(fact.subject().kind().value()),
                fact.sequence(),
                fact.sequence() != null && chance(50) ? fact.occurredAt().plusMillis(DAY) : fact.occurredAt(),
                fact.links(),
                Map.of("twin", "" + told.size()),
                fact.masterDealId());
    }

    private Retraction retraction() {
        TreeSet<UUID> wrong = new TreeSet<>();
        do {
            wrong.add(chance(85) ? anyTold().eventId() : newId());
        } while (chance(20));
        UUID id = conflicts && chance(10) ? anyTold().eventId() : newId();
        return Retraction.of(
                Fact.of(
                        id,
                        "some.event.retracted",
                        key(kind()),
                        null,
                        null,
                        Instant.ofEpochMilli(START + random.nextInt(7) * DAY),
                        List.of(),
                        Map.of(),
                        null),
                wrong);
    }

    private UUID newId() {
        return conflicts && !told.isEmpty() && chance(8)
                ? anyTold().eventId()
                : new UUID(random.nextLong(), random.nextLong());
    }

    private Statement anyTold() {
        return told.get(random.nextInt(told.size()));
    }

    private String kind() {
        int at = random.nextInt(39);
        for (int i = 0; ; i++) {
            at -= WEIGHTS[i];
            if (at < 0) {
                return KINDS.get(i);
            }
        }
    }

    /** Mostly a kind higher up, so that objects reach their deals; sometimes any kind, so that links form cycles. */
    private String parentOf(String kind) {
        int level = KINDS.indexOf(kind);
        if (level == 0 || chance(30)) {
            return "crm:deal";
        }
        return KINDS.get(chance(15) ? random.nextInt(KINDS.size()) : random.nextInt(Math.min(level, 4)));
    }

    private ObjectKey key(String kind) {
        return new ObjectKey(
                kind + ":" + NAMES.get(chance(50) ? 0 : random.nextInt(NAMES.size()) % (names + 2)) + suffix);
    }

    private @Nullable String status(String kind) {
        if (chance(8)) {
            return null;
        }
        List<String> statuses = STATUSES.getOrDefault(kind, List.of("Linked"));
        return chance(6) ? "Nobody Listed This" : statuses.get(random.nextInt(statuses.size()));
    }

    private @Nullable Long sequence() {
        if (chance(50)) {
            return null;
        }
        return chance(3) ? Long.MAX_VALUE : random.nextLong(4);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }
}
