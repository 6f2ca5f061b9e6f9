package io.masterdeal.model.proof;

import io.masterdeal.model.ObjectKind;
import io.masterdeal.model.rules.Condition;
import io.masterdeal.model.rules.Condition.All;
import io.masterdeal.model.rules.Condition.Any;
import io.masterdeal.model.rules.Condition.Ever;
import io.masterdeal.model.rules.Condition.Every;
import io.masterdeal.model.rules.Condition.For;
import io.masterdeal.model.rules.Condition.Some;
import io.masterdeal.model.rules.Outcome;
import io.masterdeal.model.rules.RuleSet;
import io.masterdeal.model.rules.Stage;
import io.masterdeal.model.rules.StatusModel;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The three rule sets, built in code, so that the tests of the model do not depend on any file. */
public final class RuleSets {

    public static final ObjectKind PLAN = new ObjectKind("media:mediaplan");
    public static final ObjectKind CONTRACT = new ObjectKind("docflow:contract");
    public static final ObjectKind DOCFLOW_INVOICE = new ObjectKind("docflow:invoice");
    public static final ObjectKind DCM_INVOICE = new ObjectKind("dcm:invoice");
    public static final ObjectKind CASE = new ObjectKind("legal:case");
    public static final ObjectKind CLOSEOUT = new ObjectKind("dcm:closeout");

    /** The statuses of every kind (ruling 8). */
    public static final Map<ObjectKind, StatusModel> KINDS = Map.of(
            ObjectKind.DEAL,
            new StatusModel(
                    List.of("Deal Created", "Brief Submitted", "Offer Sent"),
                    Set.of(),
                    Map.of("Deal Lost", Outcome.LOST, "Deal Cancelled", Outcome.CANCELLED),
                    Set.of()),
            PLAN,
            plain(List.of("Plan Draft", "Plan Ready"), Set.of("Plan Cancelled")),
            CONTRACT,
            plain(
                    List.of("Contract Drafted", "Contract Signed", "Act Completed"),
                    Set.of("Contract Rejected", "Contract Cancelled")),
            DOCFLOW_INVOICE,
            plain(List.of("Invoice Issued", "Invoice Paid"), Set.of("Invoice Cancelled")),
            DCM_INVOICE,
            plain(List.of("Invoice Issued", "Invoice Paid"), Set.of("Invoice Cancelled")),
            CASE,
            new StatusModel(List.of("Legal Started", "Legal Approved"), Set.of(), Map.of(), Set.of("Legal Rejected")),
            CLOSEOUT,
            plain(List.of("Closeout Completed"), Set.of()));

    public static final Condition CREATED = new Ever("Deal Created", false);
    public static final Condition BRIEFED = new Ever("Brief Submitted", true);
    public static final Condition PLAN_READY = new Some(PLAN, "Plan Ready");
    public static final Condition SIGNED = new Some(CONTRACT, "Contract Signed");
    public static final Condition APPROVED = new For(CONTRACT, "Contract Signed", CASE, "Legal Approved");
    public static final Condition DCM_ISSUED = new Some(DCM_INVOICE, "Invoice Issued");
    public static final Condition DOCFLOW_ISSUED = new Some(DOCFLOW_INVOICE, "Invoice Issued");
    public static final Condition CLOSEOUT_DONE = new Some(CLOSEOUT, "Closeout Completed");
    public static final Condition ACT = new Some(CONTRACT, "Act Completed");
    public static final Condition NO_ACT_MISSING = new Every(CONTRACT, "Contract Signed", "Act Completed");
    public static final Condition CLOSED_BY_ACTS = new All(List.of(ACT, NO_ACT_MISSING));

    public static final RuleSet DEFAULT = ruleSet(
            "default",
            new All(List.of(BRIEFED, PLAN_READY)),
            APPROVED,
            new Any(List.of(DCM_ISSUED, DOCFLOW_ISSUED)),
            new Any(List.of(CLOSEOUT_DONE, CLOSED_BY_ACTS)));

    public static final RuleSet STRICT_TABLE = ruleSet(
            "strict-table", new All(List.of(new Ever("Offer Sent", true), PLAN_READY)), SIGNED, DOCFLOW_ISSUED, ACT);

    public static final RuleSet STRICT_PIPELINE =
            ruleSet("strict-pipeline", new All(List.of(BRIEFED, PLAN_READY)), APPROVED, DCM_ISSUED, CLOSEOUT_DONE);

    public static final List<RuleSet> ALL = List.of(DEFAULT, STRICT_TABLE, STRICT_PIPELINE);

    private RuleSets() {}

    /** The rule set with a name. */
    public static RuleSet named(String name) {
        return ALL.stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    }

    private static StatusModel plain(List<String> order, Set<String> dead) {
        return new StatusModel(order, dead, Map.of(), Set.of());
    }

    private static RuleSet ruleSet(
            String name, Condition offerReady, Condition contracting, Condition closing, Condition closed) {
        return new RuleSet(
                name,
                1,
                KINDS,
                List.of(
                        new Stage("lead_created", CREATED),
                        new Stage("briefed", BRIEFED),
                        new Stage("offer_ready", offerReady),
                        new Stage("contracting", contracting),
                        new Stage("closing", closing),
                        new Stage("closed", closed)));
    }
}
