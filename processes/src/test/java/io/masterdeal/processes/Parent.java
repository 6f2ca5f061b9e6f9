package io.masterdeal.processes;

import java.nio.file.Path;

/** A program that starts another one like itself, says so, and runs until its input ends. */
final class Parent {

    private Parent() {}

    /**
     * Runs it.
     *
     * @param arguments how many generations more to start, and the log of the next one
     */
    public static void main(String[] arguments) throws InterruptedException {
        Thread watch = ParentWatch.haltAtEndOfInput(3);
        int more = Integer.parseInt(arguments[0]);
        if (more < 0) {
            throw new IllegalArgumentException("there are no fewer than none");
        }
        if (more > 0) {
            JavaProcess.start("child", command(more - 1, arguments[1] + "-child"), Path.of(arguments[1]));
        }
        System.out.println("running");
        watch.join();
    }

    static JavaCommand command(int more, String log) {
        return JavaCommand.of(Parent.class)
                .withOptions(JavaCommand.shortLived())
                .withOptions("-Xmx32m")
                .withArguments(Integer.toString(more), log);
    }
}
