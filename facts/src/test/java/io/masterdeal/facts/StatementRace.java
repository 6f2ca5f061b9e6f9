package io.masterdeal.facts;

import io.masterdeal.model.Fact;
import io.masterdeal.model.MasterDealId;
import io.masterdeal.model.ObjectKey;
import io.masterdeal.model.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is there before, and what is told at once by several.
 *
 * @param before told and settled before
 * @param atOnce the batches that are added at the same time
 */
record StatementRace(List<Statement> before, List<List<Statement>> atOnce) {

    private static final long T = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private static final AtomicInteger MADE = new AtomicInteger();

    /** Several are made at once, each by a thread of its own. */
    private static final ThreadLocal<Integer> NUMBER = ThreadLocal.withInitial(() -> 0);

    @SafeVarargs
    static StatementRace of(List<Statement> before, List<Statement>... atOnce) {
        List<List<Statement>> batches = new ArrayList<>();
        for (List<Statement> batch : atOnce) {
            batches.add(batch);
        }
        return new StatementRace(before, batches);
    }

    /** Makes a race whose keys no other one has. */
    static StatementRace make(Supplier<StatementRace> race) {
        NUMBER.set(MADE.incrementAndGet());
        return race.get();
    }

    /** How the keys end of the race that this thread made last. */
    static String ending() {
        return "~" + NUMBER.get() + "~";
    }

    /** Races of two batches, by name. */
    static Map<String, Supplier<StatementRace>> ofTwo() {
        Map<String, Supplier<StatementRace>> pairs = new LinkedHashMap<>();
        additions(pairs);
        retractions(pairs);
        return pairs;
    }

    private static void additions(Map<String, Supplier<StatementRace>> pairs) {
        pairs.put(
                "links of a chain",
                () -> of(
                        List.of(fact("crm:deal:D", "Deal Created"), fact("media:mediaplan:C", "Plan Ready")),
                        List.of(fact("media:mediaplan:C", null, "docflow:contract:P")),
                        List.of(fact("docflow:contract:P", "Contract Signed", "crm:deal:D"))));
        pairs.put(
                "links that meet over a third",
                () -> of(
                        List.of(
                                fact("docflow:contract:P", null, "docflow:dossier:Q"),
                                fact("legal:case:C", "Legal Approved")),
                        List.of(fact("legal:case:C", null, "docflow:contract:P")),
                        List.of(fact("docflow:dossier:Q", null, "crm:deal:D"))));
        pairs.put(
                "a fact and the link of its object",
                () -> of(
                        List.of(fact("docflow:contract:K", "Contract Drafted")),
                        List.of(fact("docflow:contract:K", "Contract Signed")),
                        List.of(fact("docflow:contract:K", null, "crm:deal:D"))));
        pairs.put(
                "a fact and a link above its object",
                () -> of(
                        List.of(fact("media:mediaplan:M", null, "docflow:contract:K")),
                        List.of(fact("media:mediaplan:M", "Plan Ready")),
                        List.of(fact("docflow:contract:K", null, "crm:deal:D"))));
        pairs.put(
                "a link and the first fact of its deal",
                () -> of(
                        List.of(),
                        List.of(fact("docflow:contract:K", "Contract Signed", "crm:deal:D")),
                        List.of(fact("crm:deal:D", "Deal Created"))));
        pairs.put(
                "facts of two objects of one deal",
                () -> of(
                        List.of(
                                fact("crm:deal:D", "Deal Created"),
                                fact("media:mediaplan:M", "Plan Draft", "crm:deal:D")),
                        List.of(fact("crm:deal:D", "Brief Submitted")),
                        List.of(fact("media:mediaplan:M", "Plan Ready"))));
        pairs.put(
                "a deal named by id and its first fact",
                () -> of(
                        List.of(),
                        List.of(byId("docflow:contract:K", "crm:deal:D")),
                        List.of(fact("crm:deal:D", "Deal Created"))));
        pairs.put(
                "a deal named by id and by link",
                () -> of(
                        List.of(fact("legal:case:C", "Legal Approved", "docflow:contract:K")),
                        List.of(byId("docflow:contract:K", "crm:deal:D")),
                        List.of(fact("media:mediaplan:J", "Plan Ready", "crm:deal:D"))));
        pairs.put("two contents of one id", () -> {
            Fact one = fact("docflow:contract:K", "Contract Signed", "crm:deal:D");
            return of(
                    List.of(),
                    List.of(one),
                    List.of(Histories.fact(
                            one.eventId(), key("legal:case:C"), "Legal Approved", T, key("crm:deal:E"))));
        });
        pairs.put("one fact twice", () -> {
            Fact once = fact("docflow:contract:K", "Contract Signed", "crm:deal:D");
            return of(List.of(), List.of(once), List.of(once));
        });
        pairs.put(
                "links in a circle",
                () -> of(
                        List.of(fact("docflow:dossier:Q", null, "crm:deal:D")),
                        List.of(
                                fact("docflow:contract:P", null, "docflow:dossier:Q"),
                                fact("docflow:dossier:Q", null, "legal:case:C")),
                        List.of(fact("legal:case:C", "Legal Approved", "docflow:contract:P"))));
        pairs.put(
                "batches that touch the same otherwise round",
                () -> of(
                        List.of(),
                        List.of(fact("crm:deal:D", "Deal Created"), fact("docflow:contract:K", null, "crm:deal:E")),
                        List.of(
                                fact("crm:deal:E", "Deal Created"),
                                fact("docflow:contract:K", "Contract Signed", "crm:deal:D"))));
    }

    private static void retractions(Map<String, Supplier<StatementRace>> pairs) {
        pairs.put("a link and the end of the next one", () -> {
            Fact wrong = fact("docflow:contract:P", "Contract Signed", "crm:deal:D");
            return of(
                    List.of(wrong, fact("legal:case:C", "Legal Approved")),
                    List.of(fact("legal:case:C", null, "docflow:contract:P")),
                    List.of(retraction(wrong)));
        });
        pairs.put("the ends of two links of a chain", () -> {
            Fact lower = fact("legal:case:C", "Legal Approved", "docflow:contract:P");
            Fact upper = fact("docflow:contract:P", null, "docflow:dossier:Q");
            return of(
                    List.of(
                            lower,
                            upper,
                            fact("docflow:dossier:Q", null, "crm:deal:D"),
                            fact("legal:case:C", null, "crm:deal:E")),
                    List.of(retraction(lower)),
                    List.of(retraction(upper)));
        });
        pairs.put("a link and the end of a chain above", () -> {
            Fact upper = fact("docflow:dossier:Q", null, "crm:deal:D");
            return of(
                    List.of(fact("docflow:contract:P", null, "docflow:dossier:Q"), upper),
                    List.of(fact("legal:case:C", "Legal Approved", "docflow:contract:P")),
                    List.of(retraction(upper)));
        });
        pairs.put("a fact and its own retraction", () -> {
            Fact wrong = fact("docflow:contract:K", "Contract Signed", "crm:deal:D");
            return of(List.of(fact("crm:deal:D", "Deal Created")), List.of(wrong), List.of(retraction(wrong)));
        });
        pairs.put("two facts of one link and the end of one", () -> {
            Fact wrong = fact("docflow:contract:K", null, "crm:deal:D");
            return of(
                    List.of(wrong),
                    List.of(fact("docflow:contract:K", "Contract Signed", "crm:deal:D")),
                    List.of(retraction(wrong)));
        });
        pairs.put("the last naming of a deal and a new one", () -> {
            Fact wrong = fact("crm:deal:D", "Deal Created");
            return of(
                    List.of(wrong),
                    List.of(retraction(wrong)),
                    List.of(fact("docflow:contract:K", "Contract Signed", "crm:deal:D")));
        });
    }

    private static String key(String key) {
        return key + ending();
    }

    static Statement retraction(Fact fact) {
        return Histories.retraction(UUID.randomUUID(), fact.eventId());
    }

    static Fact fact(String subject, @Nullable String status, String... links) {
        List<String> ended = new ArrayList<>();
        Collections.addAll(ended, links);
        ended.replaceAll(StatementRace::key);
        return Histories.fact(
                UUID.randomUUID(),
                key(subject),
                status,
                T + 60_000L * (1 + subject.length()),
                ended.toArray(String[]::new));
    }

    private static Fact byId(String subject, String root) {
        return Fact.of(
                UUID.randomUUID(),
                "some.type",
                new ObjectKey(key(subject)),
                "Contract Signed",
                null,
                Instant.ofEpochMilli(T),
                List.of(),
                Map.of(),
                MasterDealId.of(new ObjectKey(key(root))).value());
    }
}
