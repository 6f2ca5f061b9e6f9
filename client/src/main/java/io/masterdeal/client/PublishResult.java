package io.masterdeal.client;

/** What became of one event. */
public sealed interface PublishResult {

    /**
     * Kafka has the event on all in-sync replicas.
     *
     * @param topic where it is; empty if the gateway does not say
     * @param partition the partition; -1 if the gateway does not say
     * @param offset the offset; -1 if the gateway does not say
     */
    record Accepted(String topic, int partition, long offset) implements PublishResult {}

    /**
     * The gateway does not take the event, however often it is sent.
     *
     * @param problem what is wrong with it; pointers lead into the event
     */
    record Rejected(ApiProblem problem) implements PublishResult {}

    /**
     * It is not known whether the event was taken; the client gave up. To send it again later, with the same id, is harmless.
     *
     * @param cause why the last attempt failed
     */
    record Undecided(ApiException cause) implements PublishResult {}
}
