package io.masterdeal.console.monitoring;

import io.masterdeal.console.board.Board;
import io.masterdeal.console.board.BoardCounts;
import io.masterdeal.console.board.DealSelection;
import io.masterdeal.console.board.DealSla;
import io.masterdeal.console.board.Sort;
import io.masterdeal.console.errors.ErrorGroups;
import io.masterdeal.console.monitoring.MonitoringFigures.DelayFigures;
import io.masterdeal.console.monitoring.MonitoringFigures.Desync;
import io.masterdeal.console.monitoring.MonitoringFigures.PolicyFigures;
import io.masterdeal.console.monitoring.MonitoringFigures.SinkState;
import io.masterdeal.console.monitoring.MonitoringFigures.TopicLag;
import io.masterdeal.console.monitoring.MonitoringFigures.Totals;
import io.masterdeal.console.monitoring.MonitoringFigures.TypeRate;
import io.masterdeal.console.platform.RoleAnswer;
import io.masterdeal.console.platform.RoleName;
import io.masterdeal.console.platform.Roles;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes the figures of the screen from the newest samples, the board, and what service and router say. */
@Component
class FiguresReader {

    private static final Duration PERIOD = Duration.ofDays(1);
    private static final Duration REMEMBERED = Duration.ofSeconds(5);
    private static final DealSelection WITH_GAPS =
            new DealSelection(Set.of(), Set.of("open"), Map.of(), Set.of(), Set.of(), true, null, null, "");

    private final Samples samples;
    private final Board board;
    private final Roles roles;
    private final ErrorGroups errors;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();

    FiguresReader(Samples samples, Board board, Roles roles, ErrorGroups errors) {
        this.errors = errors;
        this.samples = samples;
        this.board = board;
        this.roles = roles;
    }

    /** What a role said a moment ago: many may look at the screen at once. */
    private record Remembered(Instant at, RoleAnswer answer) {}

    MonitoringFigures read(Instant now) {
        Sample newest = samples.latest();
        Map<String, String> missing = new LinkedHashMap<>();
        JsonNode deadLetters = ask(RoleName.ROUTER, "/dead-letters/groups", "", now, missing);
        JsonNode messages = ask(
                RoleName.ROUTER,
                "/messages/counts",
                "?since=" + now.minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.HOURS),
                now,
                missing);
        Instant end = now.truncatedTo(ChronoUnit.MILLIS);
        JsonNode sla = ask(
                RoleName.SERVICE,
                "/sla/summary",
                "?by=policy&breached_from=" + end.minus(PERIOD) + "&breached_to=" + end,
                now,
                missing);
        List<Desync> desyncs = desyncs(now, missing);
        List<TopicLag> topics = newest == null ? List.of() : topics(newest);
        List<SinkState> sinks = newest == null ? List.of() : sinks(newest);
        List<DelayFigures> delays = newest == null ? List.of() : DelayReader.read(newest);
        List<TypeRate> types = types(deadLetters, messages);
        List<Sample> all = samples.all();
        return new MonitoringFigures(
                newest == null ? null : newest.at(),
                all.isEmpty() ? null : all.getFirst().at(),
                totals(types, topics, sinks, delays, desyncs, now),
                types,
                topics,
                sinks,
                delays,
                desyncs,
                policies(sla),
                newest == null ? List.of() : HealthReader.read(newest),
                errors.read(now),
                missing);
    }

    private JsonNode ask(RoleName role, String path, String query, Instant now, Map<String, String> missing) {
        Remembered last = remembered.get(path);
        RoleAnswer answer;
        if (last != null && last.at().plus(REMEMBERED).isAfter(now)) {
            answer = last.answer();
        } else {
            answer = roles.get(role, path + query);
            remembered.put(path, new Remembered(now, answer));
        }
        if (!answer.isOk()) {
            missing.put(role.text(), answer.problem());
            return JsonNodeFactory.instance.objectNode();
        }
        return answer.body();
    }

    private Totals totals(
            List<TypeRate> types,
            List<TopicLag> topics,
            List<SinkState> sinks,
            List<DelayFigures> delays,
            List<Desync> desyncs,
            Instant now) {
        BoardCounts counts = board.counts(DealSelection.ALL, now);
        Duration slowest = delays.stream()
                .filter(DelayFigures::own)
                .map(DelayFigures::hour)
                .filter(Objects::nonNull)
                .map(MonitoringFigures.DelayWindow::p95)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Totals(
                types.stream().mapToLong(TypeRate::perMinute).sum(),
                topics.stream().mapToLong(TopicLag::lag).sum()
                        + sinks.stream()
                                .mapToLong(sink -> sink.pending() + sink.parked())
                                .sum(),
                slowest,
                desyncs.stream()
                        .mapToLong(each -> each.count() == null ? 0 : each.count())
                        .sum(),
                counts.bySla().getOrDefault(DealSla.BREACHED, 0),
                counts.bySla().getOrDefault(DealSla.AT_RISK, 0));
    }

    private List<TypeRate> types(JsonNode deadLetters, JsonNode messages) {
        Map<String, Long> minute = byType(Duration.ofMinutes(1));
        Map<String, Long> hour = byType(Samples.KEPT);
        Map<String, Long> dead = new HashMap<>();
        for (JsonNode group : deadLetters.path("items")) {
            dead.merge(group.path("type").asString(""), group.path("count").asLong(0), Long::sum);
        }
        Map<String, Long> routed = new HashMap<>();
        for (JsonNode count : messages.path("items")) {
            routed.put(count.path("type").asString(""), count.path("messages").asLong(0));
        }
        Set<String> names = new TreeSet<>(hour.keySet());
        names.addAll(dead.keySet());
        names.addAll(routed.keySet());
        return names.stream()
                .filter(name -> !name.isEmpty())
                .map(name -> new TypeRate(
                        name,
                        minute.getOrDefault(name, 0L),
                        hour.getOrDefault(name, 0L),
                        routed.get(name),
                        dead.getOrDefault(name, 0L)))
                .sorted(Comparator.comparingLong(TypeRate::lastHour).reversed().thenComparing(TypeRate::type))
                .toList();
    }

    private Map<String, Long> byType(Duration span) {
        Map<String, Long> counts = new HashMap<>();
        samples.increase(ProcessAddress.SERVICE, "masterdeal_intake_events_total", _ -> true, List.of("type"), span)
                .forEach((labels, value) -> counts.put(labels.getOrDefault("type", ""), Math.round(value)));
        return counts;
    }

    private static List<TopicLag> topics(Sample newest) {
        Map<String, Long> lags = new HashMap<>();
        for (JsonNode partition :
                newest.answer(ProcessAddress.SERVICE, ProcessProbe.INTAKE).path("partitions")) {
            lags.merge(
                    partition.path("topic").asString(""),
                    partition.path("end").asLong(0)
                            - partition.path("committed").asLong(0),
                    Long::sum);
        }
        return lags.entrySet().stream()
                .map(each -> new TopicLag(each.getKey(), Math.max(0, each.getValue())))
                .sorted(Comparator.comparingLong(TopicLag::lag).reversed().thenComparing(TopicLag::topic))
                .toList();
    }

    private static List<SinkState> sinks(Sample newest) {
        List<SinkState> sinks = new ArrayList<>();
        for (JsonNode line :
                newest.answer(ProcessAddress.ROUTER, ProcessProbe.LEDGER).path("items")) {
            sinks.add(new SinkState(
                    line.path("subscription").asString(""),
                    line.path("pending").asLong(0),
                    line.path("parked").asLong(0),
                    line.path("dead_lettered").asLong(0)));
        }
        sinks.sort(Comparator.comparingLong((SinkState sink) -> sink.pending() + sink.parked() + sink.deadLetters())
                .reversed()
                .thenComparing(SinkState::subscription));
        return List.copyOf(sinks);
    }

    private List<Desync> desyncs(Instant now, Map<String, String> missing) {
        var gaps = board.page(WITH_GAPS, Sort.AGE, null, 1, now);
        List<Desync> all = new ArrayList<>();
        all.add(new Desync(
                "gaps",
                (long) gaps.total(),
                false,
                gaps.cards().isEmpty() ? null : gaps.cards().getFirst().since(),
                "/deals?gaps=true"));
        JsonNode contradictory = ask(RoleName.SERVICE, "/masterdeal", "?contradictory=true&limit=100", now, missing);
        all.add(new Desync(
                "contradictory",
                contradictory.has("items") ? (long) contradictory.path("items").size() : null,
                contradictory.hasNonNull("next"),
                null,
                "/deals?contradictory=true"));
        JsonNode counts = ask(RoleName.SERVICE, "/orphans/counts", "", now, missing);
        JsonNode oldest = ask(RoleName.SERVICE, "/orphans", "?sort=age&limit=1", now, missing);
        long orphans = 0;
        for (JsonNode count : counts.path("items")) {
            orphans += count.path("orphans").asLong(0) - count.path("dismissed").asLong(0);
        }
        all.add(new Desync(
                "orphans",
                counts.has("items") ? orphans : null,
                false,
                instant(oldest.path("items").path(0).path("waiting_since").asString("")),
                "/orphans"));
        JsonNode summary = ask(RoleName.SERVICE, "/summary", "", now, missing);
        all.add(new Desync(
                "conflicts",
                summary.has("conflicting_ids") ? summary.path("conflicting_ids").asLong(0) : null,
                false,
                null,
                "/conflicts"));
        return List.copyOf(all);
    }

    private static @Nullable Instant instant(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static List<PolicyFigures> policies(JsonNode sla) {
        List<PolicyFigures> policies = new ArrayList<>();
        for (JsonNode group : sla.path("groups")) {
            policies.add(new PolicyFigures(
                    group.path("name").asString(""),
                    group.path("running").asLong(0) + group.path("paused").asLong(0),
                    group.path("at_risk").asLong(0),
                    group.path("breached").asLong(0),
                    group.path("breached_in_period").asLong(0),
                    group.path("met").asLong(0)));
        }
        policies.sort(Comparator.comparingLong(PolicyFigures::breachedInPeriod)
                .thenComparingLong(PolicyFigures::breached)
                .reversed()
                .thenComparing(PolicyFigures::policy));
        return List.copyOf(policies);
    }
}
