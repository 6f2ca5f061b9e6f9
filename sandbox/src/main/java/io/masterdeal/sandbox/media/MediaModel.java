package io.masterdeal.sandbox.media;

import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.SystemModel;
import java.util.List;
import java.util.Set;

/** The declaration of MediaPush. */
public final class MediaModel {
    /** Its name. */
    public static final String DOMAIN = "media";

    /** Its status of a plan that may be offered. */
    public static final String READY = "Approved by planner";

    /** Its status of a cancelled plan. */
    static final String DROPPED = "Dropped";

    private MediaModel() {}

    /**
     * Declares the system.
     *
     * @return media plans, placements
     */
    public static SystemModel model() {
        return new SystemModel(
                DOMAIN,
                List.of(
                        KindModel.named("mediaplan", "MP")
                                .created("draft", "In work", "media.mediaplan.drafted")
                                .action("ready", Set.of("In work", "In rework"), READY, "media.mediaplan.ready")
                                .action("reopen", Set.of(READY), "In rework", "media.mediaplan.reopened")
                                .action(
                                        "cancel",
                                        Set.of("In work", "In rework", READY),
                                        DROPPED,
                                        "media.mediaplan.cancelled")
                                .updatedBy("media.object.updated"),
                        KindModel.named("placement", "P")
                                .created("book", "Booked", "media.placement.booked")
                                .action("start", Set.of("Booked"), "On air", "media.placement.started")
                                .action("complete", Set.of("On air"), "Shown", "media.placement.completed")
                                .action("cancel", Set.of("Booked", "On air"), "Taken off", "media.placement.cancelled")
                                .updatedBy("media.object.updated")));
    }
}
