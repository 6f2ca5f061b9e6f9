package io.masterdeal.crash.platform;

import io.masterdeal.app.MasterDeal;
import io.masterdeal.processes.ParentWatch;

/** The command line as a child that does not outlive its parent: it ends when its input does. */
final class SupervisedMain {

    private SupervisedMain() {}

    /** Runs a command of {@code masterdeal}. */
    public static void main(String[] arguments) {
        ParentWatch.haltAtEndOfInput(1);
        MasterDeal.main(arguments);
    }
}
