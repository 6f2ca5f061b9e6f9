package io.masterdeal.sandbox.actor;

/** Unusual behaviour of people in a deal. */
public enum Trait {
    /** MediaPush declines to plan: the plan stays a draft. */
    PLAN_STAYS_DRAFT,
    /** Legal refuses first, and approves when asked again. */
    LEGAL_REFUSES_FIRST,
    /** The client was promised a quick plan. */
    QUICK_PLAN,
    /** The client was promised a quick legal review, and to be done soon. */
    QUICK_REVIEW,
    /** The client was promised a quick contract. */
    QUICK_CONTRACT,
    /** MediaPush takes most of the time that a quick plan may take. */
    SLOW_PLAN,
    /** MediaPush reports a plan long after it was ready. */
    PLAN_REPORTED_LATE,
    /** Legal takes longer than a quick review may take. */
    SLOW_REVIEW
}
