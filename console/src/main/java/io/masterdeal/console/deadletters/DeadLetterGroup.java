package io.masterdeal.console.deadletters;

import io.masterdeal.console.messages.JsonField;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Dead letters that are alike.
 *
 * @param subscription that did not take them
 * @param type of the events
 * @param reason as a short code; null if none is known
 * @param lastStatus HTTP status of the last answer; null if there was none
 * @param count how many there are
 * @param since when the first of them became one, UTC
 * @param until when the last of them became one, UTC
 */
public record DeadLetterGroup(
        String subscription,
        String type,
        @Nullable String reason,
        @Nullable Integer lastStatus,
        long count,
        Instant since,
        Instant until) {

    static DeadLetterGroup read(JsonNode group) {
        return new DeadLetterGroup(
                JsonField.text(group, "subscription"),
                JsonField.text(group, "type"),
                JsonField.optional(group, "reason"),
                JsonField.number(group, "last_status"),
                group.path("count").asLong(0),
                JsonField.time(group, "since"),
                JsonField.time(group, "until"));
    }

    /** What they have in common, without how many there are. */
    String key() {
        return subscription + "\n" + type + "\n" + reason + "\n" + lastStatus;
    }

    DeadLetterGroup with(DeadLetterGroup other) {
        return new DeadLetterGroup(
                subscription,
                type,
                reason,
                lastStatus,
                count + other.count,
                since.isBefore(other.since) ? since : other.since,
                until.isAfter(other.until) ? until : other.until);
    }

    /** The filter that means just these, within another one. */
    public DeadLetterFilter filter(DeadLetterFilter within) {
        return new DeadLetterFilter(
                subscription,
                type,
                within.deal(),
                reason == null ? "" : reason,
                lastStatus == null ? "" : lastStatus.toString(),
                "");
    }
}
