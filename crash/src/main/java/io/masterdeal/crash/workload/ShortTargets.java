package io.masterdeal.crash.workload;

/** Policies whose targets are seconds, so that clocks of new deals are due while a platform is disturbed. */
public final class ShortTargets {

    /** The policies, in YAML. */
    public static final String POLICIES = """
            name: crash
            version: 1
            policies:
              - policy: offer
                start: {holds: briefed}
                stop: {stage: {reached: offer_ready}}
                target: 4s
                warn: [50]
              - policy: review
                per: legal:case
                start: {this: {reached: Legal Started}}
                stop: {this: {reached: Legal Approved}}
                pause: {this: {is: Legal Rejected}}
                target: 8s
                warn: [25, 75]
              - policy: whole
                start: {stage: {reached: lead_created}}
                stop: {stage: {reached: closed}}
                reopen: continue
                target: 15s
                end_to_end: true
            """;

    private ShortTargets() {}
}
