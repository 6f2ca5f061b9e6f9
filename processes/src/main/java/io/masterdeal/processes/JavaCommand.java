package io.masterdeal.processes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Java virtual machine is to run, with the class path of this process.
 *
 * @param main the class whose {@code main} is run
 * @param wrapper a program and its arguments that runs the command line given after them, such as {@code taskset}; empty for none
 * @param options of the Java virtual machine
 * @param arguments of {@code main}
 */
public record JavaCommand(Class<?> main, List<String> wrapper, List<String> options, List<String> arguments) {

    /** Copies the lists. */
    public JavaCommand {
        wrapper = List.copyOf(wrapper);
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    /** A class without arguments, on a Java virtual machine without options. */
    public static JavaCommand of(Class<?> main) {
        return new JavaCommand(main, List.of(), List.of(), List.of());
    }

    /** The options for a JVM that lives for seconds: those of the system property that the build sets, or one compiler and no threads for garbage. */
    public static List<String> shortLived() {
        return List.of(System.getProperty("masterdeal.local.java-options", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                .strip()
                .split(" +"));
    }

    /** The same run by another program, in place of the one there was. */
    public JavaCommand wrappedBy(List<String> program) {
        return new JavaCommand(main, program, options, arguments);
    }

    /** The same with more options for the Java virtual machine. */
    public JavaCommand withOptions(List<String> more) {
        return new JavaCommand(main, wrapper, joined(options, more), arguments);
    }

    /** The same with more options for the Java virtual machine. */
    public JavaCommand withOptions(String... more) {
        return withOptions(List.of(more));
    }

    /** The same with more arguments. */
    public JavaCommand withArguments(List<String> more) {
        return new JavaCommand(main, wrapper, options, joined(arguments, more));
    }

    /** The same with more arguments. */
    public JavaCommand withArguments(String... more) {
        return withArguments(List.of(more));
    }

    /** The whole command line. */
    List<String> line() {
        List<String> line = new ArrayList<>(wrapper);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        line.addAll(arguments);
        return line;
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
