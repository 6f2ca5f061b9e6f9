package io.masterdeal.local;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** What the start of every part needs. */
record StartContext(DataDirectory data, InfrastructureFiles files, Consumer<String> progress) {
    /** How long a part may take until it answers. */
    static final Duration READY_WITHIN = Duration.ofSeconds(60);

    void starting(Part part) {
        progress.accept("starting " + part.title() + " ...");
    }

    void ready(Part part, int port, long startedNanos) {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        progress.accept(String.format(
                Locale.ROOT, "%s ready in %.1f s on %s:%d", part.sentenceTitle(), seconds, Ports.LOOPBACK, port));
    }

    /** The part's process ended, or did not answer in time: says why, as far as its log shows it. */
    LocalInfrastructureException failure(Part part, String what) {
        LogTail tail = LogTail.of(data.log(part));
        String cure = tail.saysDiskFull()
                ? " The disk of " + data.root() + " is full: free some space, or name a data directory on another disk."
                : "";
        return new LocalInfrastructureException(part.sentenceTitle() + " " + what + "." + cure + " " + tail.quoted());
    }
}
