package io.masterdeal.crash.platform;

import io.masterdeal.app.MasterDeal;
import java.io.IOException;

/** The command line as a child that does not outlive its parent: it ends when its input does. */
final class RoleMain {

    private RoleMain() {}

    /** Runs a command of {@code masterdeal}. */
    public static void main(String[] arguments) {
        Thread.ofPlatform().daemon().name("parent-watch").start(RoleMain::haltAtEndOfInput);
        MasterDeal.main(arguments);
    }

    private static void haltAtEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said on this channel; only its end means something.
            }
        } catch (IOException e) {
            // A broken channel says the same as a closed one.
        }
        Runtime.getRuntime().halt(1);
    }
}
