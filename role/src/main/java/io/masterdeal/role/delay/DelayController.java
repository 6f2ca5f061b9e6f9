package io.masterdeal.role.delay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.role.http.Times;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells how long events take in this process. Imported by the roles that measure it. */
@RestController
public class DelayController {

    /** Upper bounds of the groups of a histogram, in ms. */
    private static final List<Long> BOUNDS_MS = Stream.concat(
                    Stream.of(1L, 2L, 5L, 10L, 20L, 50L, 100L, 200L, 500L, 1_000L, 2_000L, 5_000L, 10_000L, 30_000L),
                    Stream.of(
                                    Duration.ofMinutes(1),
                                    Duration.ofMinutes(5),
                                    Duration.ofMinutes(15),
                                    Duration.ofHours(1),
                                    Duration.ofHours(6),
                                    Duration.ofDays(1),
                                    Duration.ofDays(7))
                            .map(Duration::toMillis))
            .toList();

    private final Delays delays;

    DelayController(Delays delays) {
        this.delays = delays;
    }

    /** The delays of one process. */
    record DelaysView(
            @Schema(description = "When this process began to measure, UTC")
            String since,

            @Schema(description = "The steps of an event's way that this process measures, in order")
            List<StepView> steps) {}

    /** The delays of one step. */
    record StepView(
            @Schema(description = "Where the step begins") String from,

            @Schema(description = "Where it ends") String to,

            @Schema(description = "What the two points are") String meaning,

            @JsonProperty("last_minute") WindowView lastMinute,
            @JsonProperty("last_hour") WindowView lastHour) {}

    /** The delays of a span of time up to now. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WindowView(
            @Schema(description = "How many events") long count,

            @Schema(description = "Half of them took at most this long, in ms; absent without events")
            @JsonProperty("p50_ms")
            @Nullable
            Long p50,

            @Schema(description = "90 % of them did, in ms") @JsonProperty("p90_ms") @Nullable
            Long p90,

            @Schema(description = "95 % of them did, in ms") @JsonProperty("p95_ms") @Nullable
            Long p95,

            @Schema(description = "99 % of them did, in ms") @JsonProperty("p99_ms") @Nullable
            Long p99,

            @Schema(description = "The longest, in ms") @JsonProperty("max_ms") @Nullable
            Long max,

            @Schema(description = "How many events took how long; groups without events are left out")
            List<GroupView> histogram) {}

    /** The events that took longer than the group before allows, and not longer than this one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GroupView(
            @Schema(description = "At most this long, in ms; absent of the last group, which has no bound")
            @JsonProperty("at_most_ms")
            @Nullable
            Long atMostMs,

            long count) {}

    @Operation(summary = "How long events take in each step, over the last minute and the last hour, in this process")
    @GetMapping("/delays")
    DelaysView delays() {
        return new DelaysView(
                Times.text(delays.since()),
                delays.distributions().stream()
                        .map(each -> new StepView(
                                each.step().from(),
                                each.step().to(),
                                each.step().meaning(),
                                window(each.lastMinute()),
                                window(each.lastHour())))
                        .toList());
    }

    private static WindowView window(Histogram values) {
        long count = values.getTotalCount();
        return new WindowView(
                count,
                count == 0 ? null : (Long) values.getValueAtPercentile(50),
                count == 0 ? null : (Long) values.getValueAtPercentile(90),
                count == 0 ? null : (Long) values.getValueAtPercentile(95),
                count == 0 ? null : (Long) values.getValueAtPercentile(99),
                count == 0 ? null : (Long) values.getMaxValue(),
                groups(values));
    }

    private static List<GroupView> groups(Histogram values) {
        List<GroupView> groups = new ArrayList<>();
        long from = 0;
        for (long bound : BOUNDS_MS) {
            add(groups, bound, values.getCountBetweenValues(from, bound));
            from = values.nextNonEquivalentValue(bound);
        }
        add(groups, null, from > values.getMaxValue() ? 0 : values.getCountBetweenValues(from, values.getMaxValue()));
        return groups;
    }

    private static void add(List<GroupView> groups, @Nullable Long bound, long count) {
        if (count > 0) {
            groups.add(new GroupView(bound, count));
        }
    }
}
