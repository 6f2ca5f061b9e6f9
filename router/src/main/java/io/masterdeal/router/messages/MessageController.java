package io.masterdeal.router.messages;

import io.masterdeal.role.access.AccessFilter;
import io.masterdeal.role.http.Page;
import io.masterdeal.role.http.Problem;
import io.masterdeal.router.ledger.DeliveryState;
import io.masterdeal.router.ledger.HourRange;
import io.masterdeal.router.ledger.MessageCounts;
import io.masterdeal.router.ledger.MessageCursor;
import io.masterdeal.router.messages.MessageQueries.MessageView;
import io.masterdeal.router.messages.MessageQueries.Search;
import io.masterdeal.router.subscription.Redaction;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Finds events by any of their ids, with their whole path. */
@RestController
@RequestMapping("/messages")
class MessageController {

    /** PostgreSQL stores fewer instants than there are. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final MessageQueries queries;

    private final CommittedFacts facts;

    private final MessageCounts counts;

    MessageController(MessageQueries queries, CommittedFacts facts, MessageCounts counts) {
        this.queries = queries;
        this.facts = facts;
        this.counts = counts;
    }

    /**
     * A message with its path.
     *
     * @param committed whether the service has committed it as a fact: yes, no or unknown; absent in lists
     */
    record WayView(MessageView message, @Nullable String committed) {}

    @Operation(summary = "Messages by an id, a type or the state of a delivery, the latest first")
    @GetMapping
    Page<WayView> find(
            @RequestParam(name = "event_id", required = false) @Nullable String eventId,
            @RequestParam(name = "correlation_id", required = false) @Nullable String correlationId,
            @RequestParam(name = "master_deal_id", required = false) @Nullable String masterDealId,
            @RequestParam(required = false) @Nullable String type,
            @Parameter(description = "pending, parked, delivered, filtered, dead_lettered, refused or discarded")
                    @RequestParam(required = false)
                    @Nullable
                    String state,
            @RequestParam(required = false) @Nullable String subscription,
            @Parameter(description = "Key of the object that the event is about, such as crm:deal:D-1")
                    @RequestParam(required = false)
                    @Nullable
                    String subject,
            @Parameter(description = "Accepted at this instant or later, UTC") @RequestParam(required = false) @Nullable
                    String since,
            @Parameter(description = "Accepted before this instant, UTC") @RequestParam(required = false) @Nullable
                    String until,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit,
            @RequestHeader(HttpHeaders.AUTHORIZATION) String authorization,
            @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException, InterruptedException {
        Search search = new Search(
                uuid("event_id", eventId),
                Page.text(correlationId),
                uuid("master_deal_id", masterDealId),
                Page.text(type),
                state(state),
                Page.text(subscription),
                Page.text(subject),
                instant("since", since),
                instant("until", until),
                MessageCursor.before(cursor),
                Page.limit(limit) + 1);
        List<MessageView> found = queries.find(search);
        @Nullable
        String committed = eventId == null || found.isEmpty()
                ? null
                : facts.isCommitted(found.getFirst().eventId(), authorization);
        List<WayView> way = found.stream()
                .map(it -> new WayView(it.shownTo(caller), committed))
                .toList();
        return MessageCursor.page(way, limit, it -> it.message().id());
    }

    @Operation(
            summary = "An event as it was read, in structured mode",
            description = "Only for the operator and the console. Kept only if a subscription wanted its type.")
    @GetMapping("/{event_id}/body")
    JsonNode body(@PathVariable("event_id") String eventId, @RequestAttribute(AccessFilter.CALLER) String caller)
            throws SQLException {
        if (!Redaction.everythingTo(caller)) {
            throw new Problem(HttpStatus.FORBIDDEN, "for the operator", "Bodies are shown to the operator only.");
        }
        return queries.body(Objects.requireNonNull(uuid("event_id", eventId)))
                .orElseThrow(() -> new Problem(
                        HttpStatus.NOT_FOUND,
                        "no body",
                        "The router does not know event " + eventId + ", or no subscription wanted its type."));
    }

    /** How many events of each type were read. */
    record CountsView(List<MessageCounts.Count> items) {}

    @Operation(summary = "How many events of each type were read, the most frequent first")
    @GetMapping("/counts")
    CountsView counts(
            @Parameter(description = "From the beginning of this hour on; everything that is kept if absent")
                    @RequestParam(required = false)
                    @Nullable
                    String since,
            @Parameter(description = "Up to the end of this hour") @RequestParam(required = false) @Nullable
                    String until)
            throws SQLException {
        return new CountsView(counts.between(HourRange.since(since), HourRange.until(until)));
    }

    private static @Nullable Instant instant(String name, @Nullable String text) {
        try {
            Instant instant = text == null ? null : Instant.parse(text);
            if (instant == null || (instant.isAfter(Instant.EPOCH) && instant.isBefore(LATEST))) {
                return instant;
            }
        } catch (DateTimeParseException _) {
            // The answer is the same.
        }
        throw new Problem(
                HttpStatus.BAD_REQUEST,
                "not an instant",
                "'" + name + "' is an instant such as 2026-03-02T09:00:00Z, not '" + text + "'.");
    }

    private static @Nullable UUID uuid(String name, @Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(HttpStatus.BAD_REQUEST, "not an id", "'" + name + "' is a UUID, not '" + text + "'.", e);
        }
    }

    private static @Nullable DeliveryState state(@Nullable String text) {
        return text == null
                ? null
                : DeliveryState.of(text)
                        .orElseThrow(
                                () -> new Problem(
                                        HttpStatus.BAD_REQUEST,
                                        "no such state",
                                        "'state' is one of pending, parked, delivered, filtered, dead_lettered, refused, discarded."));
    }
}
