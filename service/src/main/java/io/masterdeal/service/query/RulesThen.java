package io.masterdeal.service.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.role.database.Readers;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.rulesets.InvalidRuleSetException;
import io.masterdeal.rulesets.RuleSets;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the rule set with which an earlier instant is judged. */
@Component
class RulesThen {

    private final JdbcClient jdbc;

    private final RuleSet inUse;

    RulesThen(Readers readers, RuleSet inUse) {
        this.jdbc = readers.jdbc();
        this.inUse = inUse;
    }

    /** Which rule set is meant. */
    enum Wish {
        /** The one that was in use at the instant. */
        THEN,
        /** The one in use today. */
        NOW;

        /**
         * Reads the parameter {@code rules}.
         *
         * @throws Problem if it is neither
         */
        static Wish read(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "then" -> THEN;
                case "now" -> NOW;
                default ->
                    throw new Problem(
                            HttpStatus.BAD_REQUEST,
                            "neither then nor now",
                            "'rules' is 'then', the rule set in use at that instant, or 'now', the one in use today; not '"
                                    + text + "'.");
            };
        }
    }

    /** With which rule set an answer was made, and why with this one. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChosenRules(
            @Schema(description = "What was asked for: then or now")
            String asked,

            @Schema(description = "Name, version and a hash of the meaning")
            String identity,

            @Schema(
                    description =
                            "Since when this rule set was in use, UTC; absent if that is not known, or 'now' was asked for")
            @JsonProperty("active_from")
            @Nullable
            String activeFrom,

            @Schema(description = "Why it is not what was asked for; absent if it is") @Nullable
            String note) {}

    /** A rule set, and why it was chosen. */
    record Choice(RuleSet rules, ChosenRules view) {}

    private record Kept(String identity, String content, Instant activeFrom) {}

    /**
     * The rule set for an instant.
     *
     * @throws Problem if its text cannot be read any more
     */
    Choice at(Instant instant, Wish wish) {
        if (wish == Wish.NOW) {
            return new Choice(inUse, new ChosenRules("now", inUse.identity(), null, null));
        }
        Optional<Kept> kept = kept(instant);
        if (kept.isEmpty()) {
            return new Choice(
                    inUse,
                    new ChosenRules(
                            "then",
                            inUse.identity(),
                            null,
                            "Which rule set was in use then was not kept: this is the one in use today."));
        }
        Kept then = kept.get();
        ChosenRules view = new ChosenRules("then", then.identity(), Times.text(then.activeFrom()), null);
        return new Choice(then.identity().equals(inUse.identity()) ? inUse : read(then, instant), view);
    }

    private Optional<Kept> kept(Instant instant) {
        return jdbc.sql("SELECT identity, content, active_from FROM rule_set_history WHERE active_from < ?"
                        + " ORDER BY active_from DESC, id DESC LIMIT 1")
                .param(OffsetDateTime.ofInstant(instant.plusMillis(1), ZoneOffset.UTC))
                .query((row, _) -> new Kept(
                        row.getString(1),
                        row.getString(2),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .optional();
    }

    private static RuleSet read(Kept then, Instant instant) {
        try {
            return RuleSets.parse(then.identity(), then.content());
        } catch (InvalidRuleSetException e) {
            throw new Problem(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "rule set cannot be read",
                    "The rule set in use at " + Times.text(instant) + ", " + then.identity()
                            + ", cannot be read by this version any more: " + e.getMessage()
                            + " Ask with rules=now for the answer by the rule set in use today.",
                    e);
        }
    }
}
