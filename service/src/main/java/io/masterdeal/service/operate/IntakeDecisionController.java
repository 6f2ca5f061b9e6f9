package io.masterdeal.service.operate;

import io.masterdeal.role.access.Actor;
import io.masterdeal.role.database.Sql;
import io.masterdeal.role.operation.OperationParts;
import io.masterdeal.role.operation.OperatorActions;
import io.masterdeal.role.operation.OperatorActions.Deed;
import io.masterdeal.service.intake.IntakeDecisions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What did not fit between Kafka and PostgreSQL, and where the intake is to go on. Only operators may decide. */
@RestController
class IntakeDecisionController {

    private final IntakeDecisions decisions;

    private final OperatorActions actions;

    IntakeDecisionController(IntakeDecisions decisions, OperationParts operations) {
        this.decisions = decisions;
        this.actions = operations.actions();
    }

    /** What did not fit. */
    record IncidentsView(List<IntakeDecisions.Incident> incidents) {}

    @Operation(summary = "What did not fit between Kafka and PostgreSQL: what waits for an operator, then the latest")
    @GetMapping("/intake/incidents")
    IncidentsView incidents() {
        try {
            return new IncidentsView(decisions.incidents());
        } catch (IllegalStateException e) {
            throw problem(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    /** Where the intake is to go on; of all partitions of the topic if none is named. */
    record ResumeRequest(
            @Nullable String topic,
            @Nullable Integer partition,

            @Schema(description = "first, end, or the offset of a record") @Nullable
            String from,

            @Schema(description = "Why; it is kept with the decision") @Nullable
            String reason) {}

    /** Where it goes on. */
    record ResumedView(List<IntakeDecisions.Resumed> resumed) {}

    @Operation(summary = "Decide where the intake reads a topic on, whether it waits for that or not")
    @PostMapping("/operations/intake/resume")
    ResumedView resume(@RequestBody ResumeRequest request, @RequestAttribute(Actor.ATTRIBUTE) Actor actor)
            throws InterruptedException {
        try {
            Deed deed = new Deed(
                    "resume-intake",
                    JsonMapper.shared().valueToTree(selection(request)),
                    given("reason", request.reason()),
                    actor);
            return new ResumedView(decisions.resume(
                    given("topic", request.topic()),
                    request.partition(),
                    given("from", request.from()),
                    deed.reason(),
                    (connection, partitions) -> actions.note(new Sql(connection), deed, partitions, null)));
        } catch (IllegalArgumentException e) {
            throw problem(HttpStatus.BAD_REQUEST, e);
        } catch (IllegalStateException e) {
            throw problem(HttpStatus.SERVICE_UNAVAILABLE, e);
        }
    }

    private static Map<String, Object> selection(ResumeRequest request) {
        Map<String, Object> selection = new LinkedHashMap<>();
        selection.put("topic", given("topic", request.topic()));
        if (request.partition() != null) {
            selection.put("partition", request.partition());
        }
        selection.put("from", given("from", request.from()));
        return selection;
    }

    private static ErrorResponseException problem(HttpStatus status, RuntimeException cause) {
        return new ErrorResponseException(
                status, ProblemDetail.forStatusAndDetail(status, String.valueOf(cause.getMessage())), cause);
    }

    private static String given(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException("'" + name + "' is required.");
        }
        return value;
    }
}
