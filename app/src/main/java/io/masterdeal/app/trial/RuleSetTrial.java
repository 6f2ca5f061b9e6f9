package io.masterdeal.app.trial;

import io.masterdeal.app.replay.ProgressLine;
import io.masterdeal.client.ApiException;
import io.masterdeal.client.ApiProblem;
import io.masterdeal.client.PlatformClient;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Has the service try a rule set on its deals, and waits for what it finds. */
public final class RuleSetTrial {

    private static final long LOOK_EVERY_MS = 100;

    private final PlatformClient service;

    private final ProgressLine progress;

    /**
     * @param service with the key of the operator
     * @param progress shows how far it is
     */
    public RuleSetTrial(PlatformClient service, ProgressLine progress) {
        this.service = service;
        this.progress = progress;
    }

    /**
     * Tries a rule set.
     *
     * @param rules the text of its file
     * @param stage only deals in this stage; null for any
     * @param outcome only deals with this outcome; null for any
     * @return the service's last answer about it, with the report
     * @throws ApiException if the question is wrong, another trial runs, or it does not come to its end; the message says why
     */
    public JsonNode run(String rules, @Nullable String stage, @Nullable String outcome) throws InterruptedException {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("rules", rules);
        if (stage != null) {
            body.put("stage", stage);
        }
        if (outcome != null) {
            body.put("outcome", outcome);
        }
        long begun = System.nanoTime();
        JsonNode job = begin(body);
        String path = "/what-if/" + job.path("id").asString("");
        while (job.path("state").asString("").equals("running")) {
            progress.show(
                    "judging deals",
                    job.path("done").longValue(),
                    OptionalLong.of(job.path("total").longValue()),
                    System.nanoTime() - begun);
            Thread.sleep(LOOK_EVERY_MS);
            job = service.get(path);
        }
        if (!job.path("state").asString("").equals("done")) {
            throw new ApiException("the trial was " + job.path("state").asString("") + " after "
                    + job.path("done").longValue() + " deals"
                    + (job.has("failure") ? ": " + job.path("failure").asString("") : "") + "; GET " + path
                    + " tells what was found");
        }
        return job;
    }

    private JsonNode begin(ObjectNode body) throws InterruptedException {
        try {
            return service.send("POST", "/what-if", body);
        } catch (ApiException e) {
            ApiProblem problem = e.problem();
            if (problem == null || problem.detail().isEmpty() || e.status() == 401 || e.isTransient()) {
                throw e;
            }
            throw new ApiException(problem.detail());
        }
    }
}
