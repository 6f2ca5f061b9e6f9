package io.masterdeal.service.operate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.facts.FactStore;
import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.operation.OperationParts;
import io.masterdeal.role.operation.OperatorActions.Deed;
import io.masterdeal.service.intake.IntakeLifecycle;
import io.masterdeal.service.intake.IntakeProgress;
import io.masterdeal.service.publish.ParkedQueries;
import io.masterdeal.service.publish.Relay;
import io.masterdeal.service.publish.RelayStatus;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How far the service is, and repairs. Only operators may ask for repairs. */
@RestController
@OpenAPIDefinition(
        info = @Info(title = "MasterDeal service", version = "1", description = "Where every deal stands, and why."))
class OperateController {

    private static final String WHY = "Why; it is kept with what is done, at most 500 characters";

    private static final int MOST_REASON = 500;

    private final FactStore store;

    private final IntakeProgress progress;

    private final IntakeLifecycle intake;

    private final Relay relay;

    private final ParkedQueries parked;

    private final JdbcClient jdbc;

    private final OperationParts operations;

    OperateController(
            FactStore store,
            IntakeProgress progress,
            IntakeLifecycle intake,
            Relay relay,
            ParkedQueries parked,
            Readers readers,
            OperationParts operations) {
        this.store = store;
        this.progress = progress;
        this.intake = intake;
        this.relay = relay;
        this.parked = parked;
        this.jdbc = readers.jdbc();
        this.operations = operations;
    }

    /** How far the intake of all processes together is. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IntakeView(
            @Schema(description = "Of this process: reading, standby or off")
            String state,

            List<IntakeProgress.Partition> partitions,

            @Schema(description = "Records not taken in yet")
            long lag,

            @Schema(description = "Deals that wait to be folded") @JsonProperty("pending_folds")
            long pendingFolds,

            @Schema(description = "Deals that cannot be folded and are tried again now and then")
            @JsonProperty("failing_folds")
            long failingFolds,

            @Schema(description = "Effects that are to be sent, now or again later, or are under way")
            @JsonProperty("pending_effects")
            long pendingEffects,

            @Schema(description = "Why the intake of this process does not go on; absent while it does")
            @JsonProperty("waits_for")
            @Nullable
            String waitsFor) {}

    @Operation(
            summary =
                    "How far the intake is in each partition, and how many deals wait to be folded and effects to be sent")
    @GetMapping("/intake")
    IntakeView intake() throws InterruptedException {
        List<IntakeProgress.Partition> partitions;
        try {
            partitions = progress.partitions();
        } catch (IllegalStateException e) {
            throw new ErrorResponseException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage())),
                    e);
        }
        long lag =
                partitions.stream().mapToLong(it -> it.end() - it.committed()).sum();
        return jdbc.sql("""
                        SELECT count(*) FILTER (WHERE failure IS NULL) AS pending,
                            count(*) FILTER (WHERE failure IS NOT NULL) AS failing,
                            (SELECT count(*) FROM effects WHERE state = 'pending') AS effects
                        FROM pending_folds
                        """)
                .query((row, _) -> new IntakeView(
                        intake.state().name().toLowerCase(Locale.ROOT),
                        partitions,
                        lag,
                        row.getLong("pending"),
                        row.getLong("failing"),
                        row.getLong("effects"),
                        intake.waitsFor().orElse(null)))
                .single();
    }

    /** How publishing does. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RelayView(
            @Schema(description = "Of this process: starting, leading, standby or failing")
            String state,

            String since,
            @JsonProperty("last_failure") @Nullable String lastFailure,

            @Schema(description = "Bytes of log that are written and not yet acknowledged by Kafka")
            @JsonProperty("lag_bytes")
            @Nullable
            Long lagBytes,

            @Schema(
                    description =
                            "The first 20 deals with events that Kafka refuses. They wait, and are tried again; all others are published")
            List<ParkedQueries.ParkedView> parked,

            List<IncidentView> incidents) {}

    /** Something that happened to the slot. */
    record IncidentView(String at, String what, String cure) {}

    @Operation(summary = "How publishing does, and what happened to its replication slot")
    @GetMapping("/relay")
    RelayView relay() {
        RelayStatus status = relay.status();
        Long lag = jdbc.sql(
                        "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), min(acknowledged_lsn))::bigint FROM relay_slot")
                .query(Long.class)
                .optional()
                .orElse(null);
        List<IncidentView> incidents = jdbc.sql("SELECT at, what, cure FROM relay_incidents ORDER BY id DESC LIMIT 20")
                .query((row, _) -> new IncidentView(row.getString(1), row.getString(2), row.getString(3)))
                .list();
        return new RelayView(
                status.state().name().toLowerCase(Locale.ROOT),
                status.since().toString(),
                status.lastFailure(),
                lag,
                parked.deals(20),
                incidents);
    }

    /** The deals with parked events. */
    record ParkedDealsView(
            @Schema(description = "Parked events of all deals")
            long events,

            List<ParkedQueries.ParkedView> items) {}

    @Operation(summary = "The deals with events that Kafka refuses, from the one that waits longest")
    @GetMapping("/relay/parked")
    ParkedDealsView parkedDeals(
            @Parameter(description = "How many deals, at most 1000") @RequestParam(defaultValue = "100") int limit) {
        return new ParkedDealsView(parked.count(), parked.deals(Page.limit(limit)));
    }

    /** How many deals are tried again. */
    record ReleasedView(@JsonProperty("released_deals") int releasedDeals) {}

    @Operation(summary = "Try events again that Kafka refused, now: when its topic takes larger ones, say")
    @PostMapping("/operations/publish-parked")
    ReleasedView publishParked(
            @Parameter(description = WHY) @RequestParam(required = false) @Nullable String reason,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws SQLException {
        Deed deed = deed("publish-parked", reason, actor);
        return operations.transactions().run(connection -> {
            Sql sql = new Sql(connection);
            int released = ParkedQueries.release(sql);
            operations.actions().note(sql, deed, released, null);
            return new ReleasedView(released);
        });
    }

    /** How many deals a repair concerns; they are worked through soon after. */
    record MarkedView(@JsonProperty("marked_deals") int markedDeals) {}

    @Operation(summary = "Make every cache anew from the facts; the intake waits meanwhile")
    @PostMapping("/operations/rebuild")
    MarkedView rebuild(
            @Parameter(description = WHY) @RequestParam(required = false) @Nullable String reason,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor) {
        return new MarkedView(store.rebuild(note(deed("rebuild", reason, actor))));
    }

    @Operation(summary = "Publish every deal once more, as a snapshot with its next revision")
    @PostMapping("/operations/republish")
    MarkedView republish(
            @Parameter(description = WHY) @RequestParam(required = false) @Nullable String reason,
            @RequestAttribute(Actor.ATTRIBUTE) Actor actor) {
        return new MarkedView(store.republish(note(deed("republish", reason, actor))));
    }

    private FactStore.RepairNote note(Deed deed) {
        return (connection, deals) -> operations.actions().note(new Sql(connection), deed, deals, null);
    }

    private static Deed deed(String action, @Nullable String reason, Actor actor) {
        if (reason != null && reason.length() > MOST_REASON) {
            throw new Problem(
                    HttpStatus.BAD_REQUEST, "reason too long", "'reason' has at most " + MOST_REASON + " characters.");
        }
        return Deed.of(action, Page.text(reason), actor);
    }
}
