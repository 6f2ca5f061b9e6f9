package io.masterdeal.app.command;

import io.masterdeal.client.PlatformClient;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Asks the service for a repair as an operator, and waits until it is done. */
final class RepairRequest {

    private static final long LOOK_EVERY_MS = 250;

    private final PlatformClient service;

    RepairRequest(Path data) {
        this.service = RoleClients.service(data, "operator");
    }

    /** Asks for an operation, then waits until no deal is left to fold. */
    void run(String operation, ReasonOption reason, PrintWriter out) throws InterruptedException {
        int marked = service.post(reason.in("/operations/" + operation))
                .path("marked_deals")
                .intValue();
        out.println(operation + ": " + marked + " deals");
        long before = -1;
        while (true) {
            long left = service.get("/intake").path("pending_folds").longValue();
            if (left != before) {
                out.println(left + " left");
                out.flush();
                before = left;
            }
            if (left == 0) {
                return;
            }
            Thread.sleep(LOOK_EVERY_MS);
        }
    }
}
