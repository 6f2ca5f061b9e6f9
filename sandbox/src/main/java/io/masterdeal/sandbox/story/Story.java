package io.masterdeal.sandbox.story;

import io.masterdeal.sandbox.actor.Trait;
import java.util.Locale;
import java.util.Set;

/** What may happen to a deal. Of a hundred deals each story is played by as many as its weight says. */
public enum Story {
    /** From lead to closeout without trouble. */
    STRAIGHT(16, "closed"),
    /** Docflow's act closes the deal; there is no closeout. */
    CLOSED_BY_ACT(8, "closed"),
    /** Nothing follows the deal's creation. */
    LEAD_ONLY(6, "lead_created"),
    /** MediaPush declines to plan, the plan stays a draft. */
    BRIEFED_AND_STUCK(5, "briefed", Trait.PLAN_STAYS_DRAFT),
    /** The client does not answer the offer. */
    STAYS_AT_OFFER(6, "offer_ready"),
    /** The contract stands, and nothing is billed. */
    STAYS_AT_CONTRACTING(6, "contracting"),
    /** The invoice is not paid. */
    STAYS_AT_CLOSING(6, "closing"),
    /** Some things are told long after later ones. */
    LATE_FACTS(6, "closed"),
    /** The client refuses a contract and signs another. */
    REJECTED_THEN_SIGNED(6, "closed"),
    /** Legal refuses first. */
    LEGAL_REFUSAL(6, "closed", Trait.LEGAL_REFUSES_FIRST),
    /** The client decides against us. */
    LOST(5, "closed"),
    /** The deal is given up. */
    CANCELLED(4, "closed"),
    /** The deal is given up, goes on, and is won. */
    REOPENED_AND_WON(4, "closed"),
    /** The sum changes; one invoice is annulled, another one paid. */
    TWO_INVOICES(4, "closed"),
    /** One contract for two deals. */
    FRAME_CONTRACT(4, "closed"),
    /** An invoice is billed to the wrong deal, taken back and told anew. */
    WRONG_LINK(4, "closed"),
    /** A plan that was ready is worked on again: the stage goes back. */
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

    /** Where the deal is to be brought; what its task says. */
    String stage() {
        return stage;
    }

    /**
     * What is special about it.
     *
     * @return for the people of all systems
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
