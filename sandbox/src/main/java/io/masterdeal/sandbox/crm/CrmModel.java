package io.masterdeal.sandbox.crm;

import io.masterdeal.sandbox.system.KindModel;
import io.masterdeal.sandbox.system.SystemModel;
import java.util.List;
import java.util.Set;

/** The declaration of CRM. */
public final class CrmModel {
    /** Its name. */
    public static final String DOMAIN = "crm";

    private static final Set<String> ALIVE = Set.of("New", "Briefing", "Negotiation", "Reopened");

    private CrmModel() {}

    /**
     * Declares the system.
     *
     * @return leads, contacts, deals
     */
    public static SystemModel model() {
        return new SystemModel(
                DOMAIN,
                List.of(
                        KindModel.named("lead", "L")
                                .created("create", "New lead", "crm.lead.created")
                                .action("qualify", Set.of("New lead"), "Qualified", "crm.lead.qualified")
                                .action("disqualify", Set.of("New lead"), "No interest", "crm.lead.disqualified")
                                .updatedBy("crm.object.updated"),
                        KindModel.named("contact", "CT")
                                .created("create", "Known", "crm.contact.created")
                                .updatedBy("crm.object.updated"),
                        KindModel.named("deal", "D")
                                .sequenced()
                                .created("create", "New", "crm.deal.created")
                                .action("submit-brief", Set.of("New", "Reopened"), "Briefing", "crm.brief.submitted")
                                .action("send-offer", Set.of("Briefing", "Reopened"), "Negotiation", "crm.offer.sent")
                                .action("lose", ALIVE, "Lost", "crm.deal.lost")
                                .action("cancel", ALIVE, "Cancelled", "crm.deal.cancelled")
                                .action("reopen", Set.of("Lost", "Cancelled"), "Reopened", "crm.deal.reopened")
                                // A status of CRM only: MasterDeal itself derives whether a deal is won.
                                .action("win", Set.of("Negotiation", "Reopened"), "Won", "crm.deal.updated")
                                .updatedBy("crm.deal.updated")));
    }
}
