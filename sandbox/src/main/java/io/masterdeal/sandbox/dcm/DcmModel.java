package io.masterdeal.sandbox.dcm;

import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.SystemModel;
import java.util.List;
import java.util.Set;

/** The declaration of DCM. */
public final class DcmModel {
    /** Its name. */
    public static final String DOMAIN = "dcm";

    static final String BILLED = "Billed";

    private DcmModel() {}

    /**
     * Declares the system.
     *
     * @return invoices, acts, reconciliations, closeouts
     */
    public static SystemModel model() {
        return new SystemModel(
                DOMAIN,
                List.of(
                        KindModel.named("invoice", "I")
                                .created("issue", BILLED, "dcm.invoice.issued")
                                .action("pay", Set.of(BILLED), "Settled", "dcm.invoice.paid")
                                .action("cancel", Set.of(BILLED), "Annulled", "dcm.invoice.cancelled")
                                .updatedBy("dcm.object.updated"),
                        KindModel.named("act", "A")
                                .created("issue", "With the client", "dcm.act.issued")
                                .action("sign", Set.of("With the client"), "Accepted", "dcm.act.signed")
                                .action("cancel", Set.of("With the client"), "Annulled", "dcm.act.cancelled")
                                .updatedBy("dcm.object.updated"),
                        KindModel.named("reconciliation", "R")
                                .created("complete", "Agreed", "dcm.reconciliation.completed")
                                .updatedBy("dcm.object.updated"),
                        KindModel.named("closeout", "O")
                                .created("complete", "Books closed", "dcm.closeout.completed")
                                .updatedBy("dcm.object.updated")));
    }
}
