package io.masterdeal.rulesets.sla;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Random deals, policies, calendars and an instant, as JSON, from one seed. */
final class RandomSla {

    private static final List<String> WEEKDAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    /** Among them half hours, quarters, a day left out, a negative summer time, and changes at midnight. */
    private static final List<String> ZONES = List.of(
            "Europe/Moscow",
            "Europe/Amsterdam",
            "America/St_Johns",
            "Australia/Lord_Howe",
            "Asia/Kathmandu",
            "UTC",
            "Africa/Casablanca",
            "Pacific/Apia",
            "America/Havana",
            "Asia/Tehran");

    private static final List<String> BASES = List.of(
            "2026-03-27T00:00:00Z",
            "2026-10-23T00:00:00Z",
            "2026-12-29T12:00:00Z",
            "2011-12-28T00:00:00Z",
            "2010-11-05T00:00:00Z",
            "1969-12-30T00:00:00Z",
            "2026-04-03T00:00:00Z");

    private static final Map<String, List<String>> STATUSES = Map.of(
            "crm:deal",
            List.of("Deal Created", "Brief Submitted", "Offer Sent", "Deal Lost", "Deal Cancelled", "Deal Reopened"),
            "media:mediaplan",
            List.of("Plan Draft", "Plan Ready", "Plan Cancelled"),
            "docflow:contract",
            List.of("Contract Drafted", "Contract Signed", "Contract Rejected", "Act Completed"),
            "legal:case",
            List.of("Legal Started", "Legal Approved", "Legal Rejected"),
            "dcm:invoice",
            List.of("Invoice Issued", "Invoice Paid", "Invoice Cancelled"));

    private static final List<String> KINDS =
            STATUSES.keySet().stream().sorted().toList();

    private final Random random;

    private final RuleSet rules;

    private final Instant base;

    private final int days;

    RandomSla(long seed, RuleSet rules) {
        this.random = new Random(seed);
        this.rules = rules;
        this.base = Instant.parse(one(BASES));
        this.days = one(List.of(4, 9, 20));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private Instant at() {
        return base.plus(
                switch (random.nextInt(3)) {
                    case 0 -> Duration.ofHours(random.nextInt(days * 24));
                    case 1 ->
                        Duration.ofMillis(random.nextLong(Duration.ofDays(days).toMillis()));
                    default -> Duration.ofDays(random.nextInt(days));
                });
    }

    Instant now() {
        return switch (random.nextInt(3)) {
            case 0 -> at();
            case 1 -> base.plus(Duration.ofDays(days));
            default -> base.plus(Duration.ofDays(40));
        };
    }

    private LocalDate date() {
        return LocalDate.ofInstant(at(), ZoneOffset.UTC);
    }

    String calendars() {
        Map<String, Object> calendars = new LinkedHashMap<>();
        calendars.put("c0", calendar());
        calendars.put("c1", calendar());
        calendars.put("always", Map.of("around_the_clock", true));
        return json(Map.of("calendars", calendars));
    }

    private Map<String, Object> calendar() {
        Map<String, Object> calendar = new LinkedHashMap<>();
        calendar.put("zone", one(ZONES));
        Map<String, Object> week = new LinkedHashMap<>();
        WEEKDAYS.stream().filter(_ -> chance(0.8)).forEach(day -> week.put(day, hours()));
        calendar.put("week", week);
        if (chance(0.3)) {
            calendar.put("weeks", Map.of(date().toString(), Map.of("tue", hours(), "sat", hours(), "sun", hours())));
        }
        calendar.put(
                "holidays",
                List.of(
                        date().toString(),
                        date() + "/"
                                + base.atOffset(ZoneOffset.UTC).toLocalDate().plusDays(days)));
        calendar.put("moved", Map.of(date().toString(), one(WEEKDAYS)));
        calendar.put("shortened", Map.of(date().toString(), one(List.of("1h", "30m", "9h"))));
        calendar.put("hours", Map.of(date().toString(), hours()));
        if (chance(0.7)) {
            calendar.put("holidays", List.of(date().toString()));
        }
        return calendar;
    }

    private List<String> hours() {
        int grid = one(List.of(30, 15, 1));
        int wanted = 2 * one(List.of(1, 1, 2, 3));
        TreeSet<Integer> cuts = new TreeSet<>();
        while (cuts.size() < wanted) {
            cuts.add(random.nextInt(1440 / grid + 1) * grid);
        }
        List<Integer> sorted = List.copyOf(cuts);
        List<String> hours = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i += 2) {
            hours.add("%02d:%02d-%02d:%02d"
                    .formatted(sorted.get(i) / 60, sorted.get(i) % 60, sorted.get(i + 1) / 60, sorted.get(i + 1) % 60));
        }
        return hours;
    }

    String policies() {
        List<Object> policies = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            policies.add(policy(i));
        }
        return json(Map.of("name", "random", "version", 1, "policies", policies));
    }

    private Map<String, Object> policy(int number) {
        String per = one(List.of("", "", "legal:case", "dcm:invoice"));
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("policy", "p" + number);
        policy.put("start", condition(per, 0));
        policy.put("stop", condition(per, 0));
        policy.put("target", one(List.of("0s", "1h", "7h30m", "20h", "90h", "1ms")));
        policy.put(
                "warn",
                List.of(1, 50, 80, 95, 100, 150).stream()
                        .filter(_ -> chance(0.4))
                        .toList());
        policy.put("on_outcome", one(List.of("cancel", "stop", "ignore")));
        policy.put("reopen", one(List.of("new", "continue", "never")));
        policy.put("segment_at", one(List.of("start", "latest")));
        List<Object> segments = new ArrayList<>();
        if (chance(0.6)) {
            segments.add(Map.of(
                    "name", "gold",
                    "when", Map.of("attribute", Map.of("name", "tier", "is", "gold")),
                    "target", "2h",
                    "calendar", "c1"));
        }
        if (chance(0.4)) {
            segments.add(Map.of(
                    "name", "large",
                    "when", Map.of("attribute", Map.of("name", "amount", "at_least", 1_000)),
                    "target", "30h"));
        }
        if (chance(0.3)) {
            segments.add(Map.of(
                    "name", "old",
                    "when",
                            Map.of(
                                    "started",
                                    Map.of(
                                            "before",
                                            base.plus(Duration.ofDays(1)).toString())),
                    "calendar", "always"));
        }
        policy.put("segments", segments);
        if (!per.isEmpty()) {
            policy.put("per", per);
        }
        if (chance(0.6)) {
            policy.put("pause", condition(per, 0));
        }
        if (chance(0.3)) {
            policy.put("cancel", condition(per, 0));
        }
        if (chance(0.8)) {
            policy.put("calendar", one(List.of("c0", "c0", "c1", "always")));
        }
        return policy;
    }

    private Map<String, Object> condition(String per, int depth) {
        if (depth < 2 && chance(0.3)) {
            return chance(0.4)
                    ? Map.of("not", condition(per, 2))
                    : Map.of(one(List.of("all", "any")), List.of(condition(per, depth + 1), condition(per, depth + 1)));
        }
        if (!per.isEmpty() && chance(0.5)) {
            return Map.of("this", status(per));
        }
        String kind = one(KINDS);
        List<String> stages = rules.stages().stream().map(Stage::name).toList();
        return switch (random.nextInt(9)) {
            case 0 -> Map.of("stage", Map.of("reached", one(stages)));
            case 1 -> Map.of("stage", Map.of("is", List.of(one(stages), Stage.NONE)));
            case 2 -> Map.of("holds", one(stages));
            case 3 -> Map.of("outcome", Map.of("is", List.of("lost", "cancelled")));
            case 4 ->
                Map.of(
                        "every",
                        Map.of(
                                "kind",
                                kind,
                                "among",
                                order(kind).getFirst(),
                                "reached",
                                order(kind).getLast()));
            case 5 -> Map.of("ever", status("crm:deal"));
            case 6 -> Map.of("attribute", Map.of("name", "tier", "is", List.of("gold", "vip")));
            default -> {
                Map<String, Object> some = new LinkedHashMap<>(status(kind));
                some.put("kind", kind);
                yield Map.of("some", some);
            }
        };
    }

    private Map<String, Object> status(String kind) {
        return chance(0.5) ? Map.of("reached", one(order(kind))) : Map.of("is", one(listed(kind)));
    }

    private static List<String> statuses(String kind) {
        return STATUSES.getOrDefault(kind, List.of());
    }

    private List<String> listed(String kind) {
        return statuses(kind).stream()
                .filter(rules.statuses(new ObjectKind(kind))::lists)
                .toList();
    }

    private List<String> order(String kind) {
        return rules.statuses(new ObjectKind(kind)).order();
    }

    /** Events of some deals, one JSON object each. */
    List<String> events(int deals) {
        List<String> events = new ArrayList<>();
        for (int deal = 0; deal < deals; deal++) {
            String root = "crm:deal:R%03d".formatted(deal);
            int facts = 2 + random.nextInt(22);
            for (int i = 0; i < facts; i++) {
                events.add(event(root, deal));
            }
        }
        return events;
    }

    private String event(String root, int deal) {
        String kind = chance(0.3) ? "crm:deal" : one(KINDS);
        Map<String, Object> data = new LinkedHashMap<>();
        if (chance(0.85)) {
            data.put("status", one(statuses(kind)));
        }
        boolean isRoot = kind.equals("crm:deal");
        if (!isRoot) {
            data.put("links", List.of(root));
        }
        if (chance(0.3)) {
            data.put("tier", one(List.of("gold", "vip", "plain")));
        }
        if (chance(0.2)) {
            data.put("amount", one(List.of(999, 1_000, 25_000)));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("specversion", "1.0");
        event.put("id", new UUID(random.nextLong(), random.nextLong()).toString());
        event.put("source", "/" + kind.substring(0, kind.indexOf(':')));
        event.put("type", "random.told");
        event.put("subject", isRoot ? root : kind + ":" + deal + "-" + random.nextInt(2));
        event.put("time", at().toString());
        if (chance(0.4)) {
            event.put("sequence", Integer.toString(random.nextInt(5)));
        }
        event.put("data", data);
        return json(event);
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }
}
