package io.masterdeal.sandbox.legal;

import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.SystemModel;
import java.util.List;
import java.util.Set;

/** The declaration of Legal. */
public final class LegalModel {
    /** Its name. */
    public static final String DOMAIN = "legal";

    /** Its status of an approved case. */
    public static final String CLEARED = "Cleared";

    private static final String QUEUED = "In the queue";
    private static final String REVIEW = "Under review";
    private static final String OBJECTIONS = "Objections";

    private LegalModel() {}

    /**
     * Declares the system.
     *
     * @return cases
     */
    public static SystemModel model() {
        return new SystemModel(
                DOMAIN,
                List.of(KindModel.named("case", "C")
                        .created("request", QUEUED, "legal.requested")
                        .action("start", Set.of(QUEUED), REVIEW, "legal.started")
                        .action("approve", Set.of(REVIEW), CLEARED, "legal.approved")
                        .action("reject", Set.of(REVIEW), OBJECTIONS, "legal.rejected")
                        .action("request-again", Set.of(OBJECTIONS), QUEUED, "legal.requested")
                        .updatedBy("legal.object.updated")));
    }
}
