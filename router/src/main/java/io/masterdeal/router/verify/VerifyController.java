package io.masterdeal.router.verify;

import io.masterdeal.contracts.registry.RegistryUnavailableException;
import io.masterdeal.role.http.Problem;
import io.masterdeal.role.http.Times;
import io.masterdeal.router.ledger.HourRange;
import io.masterdeal.router.verify.KafkaCheck.Compared;
import io.masterdeal.router.verify.KafkaCheck.Gone;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Checks whether every event is accounted for; for anyone with a key. */
@RestController
class VerifyController {

    private final LedgerCheck ledger;

    private final KafkaCheck kafka;

    VerifyController(LedgerCheck ledger, KafkaCheck kafka) {
        this.ledger = ledger;
        this.kafka = kafka;
    }

    /**
     * The result of a check.
     *
     * @param whole whether there are no differences
     * @param firstHour the first hour in the ledger; absent if it is empty
     * @param lastHour the last hour
     * @param records the number of records that were compared; absent if Kafka was not read
     * @param gone what Kafka no longer has, so that it could not be compared
     */
    record Verdict(
            boolean whole,
            List<Difference> differences,
            @Nullable String firstHour,
            @Nullable String lastHour,
            @Nullable Long records,
            @Nullable List<Gone> gone) {}

    @Operation(summary = "Whether every event is accounted for, and what is not")
    @GetMapping("/ledger/verify")
    Verdict verify(
            @Parameter(description = "From the beginning of this hour on; everything that is kept if absent")
                    @RequestParam(required = false)
                    @Nullable
                    String since,
            @Parameter(description = "Up to the end of this hour") @RequestParam(required = false) @Nullable
                    String until,
            @Parameter(
                            description =
                                    "'sums': the ledger's own sums. 'kafka': Kafka is read again, and each record compared; give a"
                                            + " short time range")
                    @RequestParam(defaultValue = "sums")
                    String against)
            throws SQLException {
        Instant from = HourRange.since(since);
        Instant to = HourRange.until(until);
        List<Instant> hours = ledger.hours(from, to);
        Compared compared = switch (against) {
            case "sums" -> null;
            case "kafka" -> compare(from, to);
            default ->
                throw new Problem(
                        HttpStatus.BAD_REQUEST,
                        "nothing to compare with",
                        "'against' is sums or kafka, not '" + against + "'.");
        };
        List<Difference> differences = compared == null ? ledger.differences(from, to) : compared.differences();
        return new Verdict(
                differences.isEmpty(),
                differences,
                hours.isEmpty() ? null : Times.text(hours.getFirst()),
                hours.isEmpty() ? null : Times.text(hours.getLast()),
                compared == null ? null : compared.records(),
                compared == null ? null : compared.gone());
    }

    private Compared compare(Instant since, Instant until) throws SQLException {
        try {
            return kafka.compare(since, until);
        } catch (KafkaException | RegistryUnavailableException e) {
            throw new Problem(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "Kafka cannot be compared now",
                    "Kafka or the registry does not answer, so nothing is proven: " + e.getMessage()
                            + " Ask again later.",
                    e);
        }
    }
}
