package io.masterdeal.sandbox.actor;

/** What people make of a deal that is no matter of course. */
public enum Trait {
    /** MediaPush declines to plan: the plan stays a draft. */
    PLAN_STAYS_DRAFT,
    /** Legal refuses first, and approves when asked again. */
    LEGAL_REFUSES_FIRST
}
