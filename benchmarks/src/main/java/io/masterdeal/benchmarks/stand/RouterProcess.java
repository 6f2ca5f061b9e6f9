package io.masterdeal.benchmarks.stand;

import io.masterdeal.router.RouterRole;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A process of the event router on a stand. */
public final class RouterProcess implements AutoCloseable {

    private final RoleProcess process;

    private RouterProcess(RoleProcess process) {
        this.process = process;
    }

    /**
     * Starts a process; returns when it answers.
     *
     * @param more settings besides those of the stand
     * @param flags of the Java virtual machine, besides those for its memory
     * @throws IllegalStateException if it ends, or does not answer in time; the message has the end of its log
     */
    public static RouterProcess start(Stand stand, Map<String, String> more, List<String> flags)
            throws InterruptedException {
        Map<String, String> settings = new TreeMap<>(stand.routerSettings());
        settings.putAll(more);
        return new RouterProcess(
                RoleProcess.start(stand, new RoleProcess.Order("router", RouterRole.class, settings, flags)));
    }

    /** The port on 127.0.0.1 where it answers. */
    public int port() {
        return process.port();
    }

    /** The process. */
    public ProcessHandle handle() {
        return process.handle();
    }

    /** Ends it as on an orderly stop; kills it if that takes more than 30 s. */
    @Override
    public void close() {
        process.close();
    }
}
