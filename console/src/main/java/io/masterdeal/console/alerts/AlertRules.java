package io.masterdeal.console.alerts;

import static io.masterdeal.console.alerts.Measures.any;
import static io.masterdeal.console.alerts.Measures.component;
import static io.masterdeal.console.alerts.Measures.each;
import static io.masterdeal.console.alerts.Measures.eachProcess;
import static io.masterdeal.console.alerts.Measures.gauge;
import static io.masterdeal.console.alerts.Measures.growth;
import static io.masterdeal.console.alerts.Measures.notFalling;
import static io.masterdeal.console.alerts.Measures.process;
import static io.masterdeal.console.alerts.Measures.rise;
import static io.masterdeal.console.alerts.Measures.where;
import static io.masterdeal.console.monitoring.ProcessAddress.GATEWAY;
import static io.masterdeal.console.monitoring.ProcessAddress.ROUTER;
import static io.masterdeal.console.monitoring.ProcessAddress.SERVICE;

import io.masterdeal.console.alerts.AlertRule.Measure;
import io.masterdeal.console.monitoring.Figures;
import io.masterdeal.console.monitoring.Metric;
import io.masterdeal.console.monitoring.ProcessSample;
import io.masterdeal.console.monitoring.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The rules of the watch: the rows of the table of alarms in {@code docs/operate.md}, in its order, and SLA. */
final class AlertRules {

    private static final Duration NOW = Duration.ZERO;
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final String ALARMS = "operate.md#alarms";

    private AlertRules() {}

    static List<AlertRule> all(Measure databaseAway) {
        return java.util.stream.Stream.of(
                        processes(),
                        neighbours(databaseAway),
                        intake(),
                        store(),
                        publishing(),
                        slot(),
                        effects(),
                        delivery(),
                        sla(),
                        data())
                .flatMap(List::stream)
                .toList();
    }

    private static AlertRule is(String id, Severity severity, Duration hold, String runbook, Measure measure) {
        return new AlertRule(id, severity, 0.5, 0.5, hold, runbook, measure);
    }

    private static AlertRule above(
            String id, Severity severity, double above, Duration hold, String runbook, Measure measure) {
        return new AlertRule(id, severity, above, above * 0.8, hold, runbook, measure);
    }

    /** Grows is reason enough: what has happened within the span. */
    private static AlertRule grows(String id, Severity severity, double above, String runbook, Measure measure) {
        return new AlertRule(id, severity, above, above == 0 ? 0 : above * 0.5, NOW, runbook, measure);
    }

    private static List<AlertRule> processes() {
        return List.of(
                is(
                        "process-away",
                        Severity.PAGE,
                        ROUND,
                        ALARMS,
                        eachProcess(it -> Reading.is(!it.isUp(), process(it), it.problem()))),
                is(
                        "other-settings",
                        Severity.WARN,
                        MINUTE,
                        "commands.md#several-processes",
                        each(SERVICE, AlertRules::otherSettings)),
                is(
                        "gateway-not-ready",
                        Severity.PAGE,
                        ROUND,
                        ALARMS,
                        each(GATEWAY, it -> Reading.is(!it.ready(), process(it), ""))),
                is(
                        "role-full",
                        Severity.WARN,
                        NOW,
                        "operate.md#security",
                        eachProcess(it -> it.isUp()
                                ? Reading.is(
                                        "OUT_OF_SERVICE".equals(it.components().get("http")), process(it), "")
                                : null)));
    }

    private static List<AlertRule> neighbours(Measure databaseAway) {
        return List.of(
                is("kafka-away", Severity.PAGE, ROUND, ALARMS, samples -> {
                    Sample newest = samples.latest();
                    return newest == null ? null : List.of(Reading.is(!newest.kafka(), Map.of(), ""));
                }),
                is("console-database-away", Severity.PAGE, ROUND, ALARMS, databaseAway),
                grows(
                        "route-calls-fail",
                        Severity.WARN,
                        0,
                        "routes.md",
                        growth(
                                GATEWAY,
                                "masterdeal_gateway_route_calls_seconds_count",
                                where("status", "502", "504"),
                                List.of("route", "status"),
                                SHORT)),
                is(
                        "router-routes-down",
                        Severity.WARN,
                        ROUND,
                        "connect-a-source.md#run-them",
                        component(ROUTER, "routes", "DOWN")),
                is(
                        "database-away",
                        Severity.PAGE,
                        ROUND,
                        ALARMS,
                        eachProcess(it -> it.isUp()
                                ? Reading.is("DOWN".equals(it.components().get("db")), process(it), "")
                                : null)));
    }

    private static Reading otherSettings(ProcessSample process) {
        String waits = process.answer("/intake").path("waits_for").asString("");
        return Reading.is(waits.startsWith("another service process works with"), process(process), waits);
    }

    private static boolean holds(ProcessSample process) {
        return process.metrics().getOrDefault(Metric.of("masterdeal_intake_held"), 0.0) > 0;
    }

    private static Reading intakeStatus(ProcessSample process, String status, boolean held) {
        boolean so = status.equals(process.components().get("intakeMeters")) && holds(process) == held;
        return Reading.is(
                so,
                process(process),
                process.answer("/intake").path("waits_for").asString(""));
    }

    private static List<AlertRule> intake() {
        return List.of(
                is(
                        "intake-waits",
                        Severity.PAGE,
                        MINUTE,
                        ALARMS,
                        each(SERVICE, it -> intakeStatus(it, "OUT_OF_SERVICE", false))),
                is(
                        "intake-failed",
                        Severity.PAGE,
                        MINUTE,
                        ALARMS,
                        each(SERVICE, it -> intakeStatus(it, "DOWN", false))),
                is(
                        "intake-decision",
                        Severity.PAGE,
                        NOW,
                        "recover.md#the-intake-waits-for-a-decision",
                        each(
                                SERVICE,
                                it -> Reading.is(
                                        holds(it),
                                        process(it),
                                        it.answer("/intake").path("waits_for").asString("")))),
                above(
                        "intake-lag",
                        Severity.WARN,
                        10_000,
                        SHORT,
                        ALARMS,
                        gauge(SERVICE, Figures.INTAKE_LAG, any(), List.of())),
                above("folds-wait", Severity.WARN, 0, NOW, ALARMS, notFalling(SERVICE, Figures.PENDING_FOLDS, LONG)));
    }

    private static List<AlertRule> store() {
        return List.of(
                above(
                        "folds-failing",
                        Severity.WARN,
                        0,
                        NOW,
                        "recover.md#a-deal-that-cannot-be-folded",
                        gauge(SERVICE, "masterdeal_store_failing_folds", any(), List.of())),
                grows(
                        "requests-refused",
                        Severity.WARN,
                        20,
                        ALARMS,
                        growth(
                                SERVICE,
                                "http_server_requests_seconds_count",
                                where("status", "503", "504"),
                                List.of("status"),
                                SHORT)),
                grows(
                        "store-behind",
                        Severity.PAGE,
                        0,
                        "recover.md#postgresql-went-back-in-time",
                        growth(
                                SERVICE,
                                "masterdeal_intake_incidents_total",
                                where("kind", "store-behind"),
                                List.of("kind"),
                                LONG)),
                grows(
                        "store-retries",
                        Severity.INFO,
                        1_000,
                        ALARMS,
                        growth(SERVICE, "masterdeal_store_transaction_retries_total", any(), List.of(), SHORT)));
    }

    private static List<AlertRule> publishing() {
        return List.of(
                new AlertRule(
                        "relay-lag",
                        Severity.PAGE,
                        16 << 20,
                        8 << 20,
                        Duration.ofMinutes(3),
                        ALARMS,
                        gauge(SERVICE, Figures.RELAY_LAG, any(), List.of())),
                new AlertRule(
                        "postgresql-log-kept",
                        Severity.PAGE,
                        1L << 30,
                        1L << 29,
                        MINUTE,
                        ALARMS,
                        gauge(SERVICE, Figures.RELAY_LAG, any(), List.of())),
                is("relay-leaderless", Severity.PAGE, MINUTE, ALARMS, samples -> {
                    if (!Measures.isUp(samples, SERVICE)) {
                        return null;
                    }
                    double leading =
                            samples.greatest(SERVICE, "masterdeal_relay_leading", any(), List.of()).values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum();
                    return List.of(Reading.is(leading < 1, Map.of(), ""));
                }));
    }

    private static List<AlertRule> slot() {
        return List.of(
                grows(
                        "relay-incident",
                        Severity.WARN,
                        0,
                        "recover.md#a-lost-slot",
                        rise(SERVICE, "masterdeal_relay_incidents", any(), List.of(), LONG)),
                above(
                        "relay-parked",
                        Severity.WARN,
                        0,
                        NOW,
                        "operate.md#relay",
                        gauge(SERVICE, "masterdeal_relay_parked", any(), List.of())));
    }

    private static List<AlertRule> effects() {
        return List.of(
                grows(
                        "effects-failed",
                        Severity.WARN,
                        0,
                        "commands.md#release",
                        growth(SERVICE, "masterdeal_effects_entered_total", where("state", "failed"), List.of(), LONG)),
                above(
                        "effects-wait",
                        Severity.WARN,
                        0,
                        NOW,
                        "commands.md#watch",
                        notFalling(SERVICE, Figures.PENDING_EFFECTS, LONG)));
    }

    private static List<AlertRule> delivery() {
        return List.of(
                grows(
                        "dead-letters",
                        Severity.WARN,
                        0,
                        "dead-letters.md",
                        growth(ROUTER, "masterdeal_router_dead_letters_total", any(), List.of("subscription"), LONG)),
                above(
                        "subscriptions-stopped",
                        Severity.PAGE,
                        0,
                        ROUND,
                        "subscribe.md#filters",
                        gauge(ROUTER, "masterdeal_router_stopped_subscriptions", any(), List.of())),
                grows(
                        "filters-fail",
                        Severity.WARN,
                        0,
                        "subscribe.md#filters",
                        growth(
                                ROUTER,
                                "masterdeal_router_filters_total",
                                where("outcome", "failed"),
                                List.of("subscription"),
                                LONG)));
    }

    private static List<AlertRule> sla() {
        return List.of(
                above(
                        "sla-deadlines-late",
                        Severity.PAGE,
                        60,
                        MINUTE,
                        "sla.md",
                        gauge(SERVICE, "masterdeal_sla_deadlines_lag_seconds", any(), List.of())),
                grows(
                        "sla-suppressed",
                        Severity.WARN,
                        0,
                        "sla.md#what-is-told",
                        rise(
                                SERVICE,
                                "masterdeal_sla_statements",
                                where("state", "suppressed").and(where("kind", "breached")),
                                List.of(),
                                LONG)),
                grows(
                        "sla-breach-rate",
                        Severity.WARN,
                        10,
                        "sla.md#what-is-late-and-what-will-be",
                        rise(SERVICE, "masterdeal_sla_clocks", where("state", "breached"), List.of("policy"), LONG)),
                above(
                        "sla-due-soon",
                        Severity.WARN,
                        20,
                        SHORT,
                        "sla.md#what-is-late-and-what-will-be",
                        gauge(SERVICE, "masterdeal_sla_at_risk", any(), List.of("policy"))));
    }

    private static List<AlertRule> data() {
        return List.of(
                grows(
                        "intake-refused",
                        Severity.WARN,
                        0,
                        "recover.md#poison-records",
                        growth(SERVICE, "masterdeal_intake_refused_total", any(), List.of("reason"), LONG)),
                grows(
                        "intake-conflicts",
                        Severity.WARN,
                        0,
                        "recover.md#conflicting-ids",
                        growth(SERVICE, "masterdeal_intake_conflicts_total", any(), List.of(), LONG)),
                grows(
                        "gateway-rejects",
                        Severity.INFO,
                        20,
                        ALARMS,
                        growth(GATEWAY, "masterdeal_gateway_events_rejected_total", any(), List.of("domain"), LONG)),
                above(
                        "orphans-wait",
                        Severity.WARN,
                        20,
                        Duration.ofHours(1),
                        "operate.md#orphans",
                        gauge(SERVICE, "masterdeal_orphans", where("age", "1d_to_7d", "over_7d"), List.of("system"))));
    }
}
