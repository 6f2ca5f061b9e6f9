package io.masterdeal.sandbox.docflow;

import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.SystemModel;
import java.util.List;
import java.util.Set;

/** The declaration of Docflow. */
public final class DocflowModel {
    /** Its name. */
    public static final String DOMAIN = "docflow";

    private static final String DRAFT = "Draft";
    private static final String SIGNED = "Signed by both";

    private DocflowModel() {}

    /**
     * Declares the system.
     *
     * @return contracts, transfer documents, invoices, dossiers
     */
    public static SystemModel model() {
        return new SystemModel(
                DOMAIN,
                List.of(
                        KindModel.named("contract", "K")
                                .sequenced()
                                .created("draft", DRAFT, "docflow.contract.drafted")
                                .action("sign", Set.of(DRAFT), SIGNED, "docflow.contract.signed")
                                .action("reject", Set.of(DRAFT), "Refused by client", "docflow.contract.rejected")
                                .action("cancel", Set.of(DRAFT, SIGNED), "Terminated", "docflow.contract.cancelled")
                                .action("complete-act", Set.of(SIGNED), "Fulfilled", "docflow.act.completed")
                                .updatedBy("docflow.object.updated"),
                        KindModel.named("upd", "U")
                                .created("issue", "Sent to client", "docflow.upd.issued")
                                .action("sign", Set.of("Sent to client"), "Countersigned", "docflow.upd.signed")
                                .action(
                                        "cancel",
                                        Set.of("Sent to client", "Countersigned"),
                                        "Withdrawn",
                                        "docflow.upd.cancelled")
                                .updatedBy("docflow.object.updated"),
                        KindModel.named("invoice", "DI")
                                .created("issue", "Filed", "docflow.invoice.issued")
                                .action("pay", Set.of("Filed"), "Filed as paid", "docflow.invoice.paid")
                                .action("cancel", Set.of("Filed"), "Withdrawn", "docflow.invoice.cancelled")
                                .updatedBy("docflow.object.updated"),
                        KindModel.named("dossier", "DS")
                                .created("link", "Linked", "docflow.dossier.linked")
                                .updatedBy("docflow.object.updated")));
    }
}
