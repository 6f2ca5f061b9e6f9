package io.masterdeal.app;

import io.masterdeal.worker.WorkerDeaths;

/** The command line in a process that only reports the deaths of its threads, so that one process is enough for all of them. */
final class DyingWorkers {

    /** Prefix of the name of a thread that died. */
    static final String DIED = "DIED ";

    /** Thrown by a debugger in a thread; read by its name. */
    @SuppressWarnings("StaticAssignmentOfThrowable") // Nobody reads its stack.
    static final OutOfMemoryError CAUSE = new OutOfMemoryError("as if");

    private DyingWorkers() {}

    /** Runs a command of {@code masterdeal}. */
    public static void main(String[] arguments) {
        WorkerDeaths.onDeath((name, cause) -> System.out.println(DIED + name + " " + cause));
        System.exit(MasterDeal.commandLine().execute(arguments));
    }
}
