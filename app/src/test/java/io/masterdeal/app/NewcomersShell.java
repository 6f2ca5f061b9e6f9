package io.masterdeal.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The second terminal of a reader of a document: a bash in a folder that looks like the project's, with a launcher
 * {@code ./masterdeal} and the data directory {@code data} of a running platform. The output of commands is read without the shell's
 * prompt; standard output and error are mixed, as on a screen.
 */
final class NewcomersShell implements AutoCloseable {

    private static final String END = "--- the commands have ended with ";

    private final Process bash;

    private final Writer input;

    private final BufferedReader output;

    /**
     * @param folder an empty one
     * @param data the data directory of the platform
     */
    NewcomersShell(Path folder, Path data) throws IOException {
        Files.createSymbolicLink(folder.resolve("data"), data);
        Path launcher = folder.resolve("masterdeal");
        Files.writeString(launcher, launcher(folder));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("NO_PROXY", "127.0.0.1");
        bash = builder.start();
        input = bash.outputWriter(StandardCharsets.UTF_8);
        output = bash.inputReader(StandardCharsets.UTF_8);
    }

    /** The program of this class path, started as the real launcher does. */
    private static String launcher(Path folder) {
        return String.join(
                " ",
                "#!/bin/sh\nexec",
                quoted(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                "-Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow",
                "-Dfile.encoding=UTF-8 -Duser.timezone=UTC",
                quoted("-Dmasterdeal.home=" + folder),
                "-cp",
                quoted(System.getProperty("java.class.path")),
                MasterDeal.class.getName(),
                "\"$@\"\n");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Whether there is a program of that name. */
    static boolean has(String program) throws InterruptedException {
        try {
            Process version = new ProcessBuilder(program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor(1, TimeUnit.MINUTES) && version.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Types commands, and reads what they print until they have ended.
     *
     * @throws AssertionError if the last command fails, or the shell ends
     */
    String run(String commands) throws IOException {
        // The marker command is on a line of its own, also if the output does not end with a line break.
        input.write(commands + "\nprintf '\\n" + END + "%s\\n' $?\n");
        input.flush();
        StringBuilder printed = new StringBuilder();
        for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(END)) {
                if (!line.equals(END + "0")) {
                    throw new AssertionError(line + "; they printed\n" + printed);
                }
                return printed.toString().stripTrailing();
            }
            printed.append(line).append('\n');
        }
        throw new AssertionError("the shell ended; it printed\n" + printed);
    }

    @Override
    public void close() throws IOException {
        input.close();
        bash.descendants().forEach(ProcessHandle::destroy); // Commands left running in the background.
        bash.destroy();
    }
}
