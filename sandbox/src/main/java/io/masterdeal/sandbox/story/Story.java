package io.masterdeal.sandbox.story;

import io.masterdeal.sandbox.actor.Trait;
import java.util.Locale;
import java.util.Set;

/** The possible stories of a deal. Of a hundred deals, as many play a story as its weight. */
public enum Story {
    /** From lead to closeout without trouble. */
    STRAIGHT(8, "closed"),
    // Those about SLA stand here, where straight ones stood: so all other stories are assigned to the deals as before.
    /** The plan takes long, but not too long. */
    SLA_WARNED(2, "closed", Trait.QUICK_PLAN, Trait.SLOW_PLAN),
    /** The legal review takes too long, and so does the whole deal. */
    SLA_BREACHED(2, "closed", Trait.QUICK_REVIEW, Trait.SLOW_REVIEW),
    /** The contract takes long, but most of it is over closing time. */
    SLA_OVER_CLOSING_TIME(2, "closed", Trait.QUICK_CONTRACT),
    /** The plan was ready in time, but this is reported so late that it seems overdue. */
    SLA_RETRACTED(2, "closed", Trait.QUICK_PLAN, Trait.PLAN_REPORTED_LATE),
    /** Docflow's act closes the deal; there is no closeout. */
    CLOSED_BY_ACT(8, "closed"),
    /** Nothing follows the deal's creation. */
    LEAD_ONLY(6, "lead_created"),
    /** MediaPush declines to plan, the plan stays a draft. */
    BRIEFED_AND_STUCK(5, "briefed", Trait.PLAN_STAYS_DRAFT),
    /** The client does not answer the offer. */
    STAYS_AT_OFFER(6, "offer_ready"),
    /** The contract is valid, but nothing is billed. */
    STAYS_AT_CONTRACTING(6, "contracting"),
    /** The invoice is not paid. */
    STAYS_AT_CLOSING(6, "closing"),
    /** Some events are sent long after later ones. */
    LATE_FACTS(6, "closed"),
    /** The client refuses a contract and signs another. */
    REJECTED_THEN_SIGNED(6, "closed"),
    /** Legal refuses first. */
    LEGAL_REFUSAL(6, "closed", Trait.LEGAL_REFUSES_FIRST),
    /** The client decides against us. */
    LOST(5, "closed"),
    /** The deal is cancelled. */
    CANCELLED(4, "closed"),
    /** The deal is cancelled, reopened and won. */
    REOPENED_AND_WON(4, "closed"),
    /** The amount changes; one invoice is annulled, another one paid. */
    TWO_INVOICES(4, "closed"),
    /** One contract for two deals. */
    FRAME_CONTRACT(4, "closed"),
    /** An invoice is billed to the wrong deal, retracted and issued again. */
    WRONG_LINK(4, "closed"),
    /** A finished plan is reopened, so that the stage goes back. */
    PLAN_REOPENED(4, "closed");

    private final int weight;
    private final String stage;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable.
    private final Set<Trait> traits;

    Story(int weight, String stage, Trait... traits) {
        this.weight = weight;
        this.stage = stage;
        this.traits = Set.of(traits);
    }

    /** How many of a hundred deals play it. */
    int weight() {
        return weight;
    }

    /** The stage that the deal should reach, as stated in its task. */
    String stage() {
        return stage;
    }

    /**
     * Its special traits.
     *
     * @return traits for the people of all systems
     */
    public Set<Trait> traits() {
        return traits;
    }

    /**
     * Its name.
     *
     * @return such as {@code rejected-then-signed}
     */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
