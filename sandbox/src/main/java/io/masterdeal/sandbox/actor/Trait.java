package io.masterdeal.sandbox.actor;

/** Unusual behaviour of people in a deal. */
public enum Trait {
    /** MediaPush declines to plan: the plan stays a draft. */
    PLAN_STAYS_DRAFT,
    /** Legal refuses first, and approves when asked again. */
    LEGAL_REFUSES_FIRST
}
