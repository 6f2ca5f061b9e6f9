package io.masterdeal.app.command;

import io.masterdeal.app.ask.TerminalText;
import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.app.replay.log.EventLogException;
import io.masterdeal.app.send.EventFile;
import io.masterdeal.app.send.Sender;
import io.masterdeal.app.send.ToSend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "Sends events to a running platform, each with the key of its domain, and prints a line for each: its id, its type,"
                    + " and its place in Kafka or what is wrong with it.",
            "Sending a file again does no harm: an event that is known already changes nothing."
        },
        footer = {
            "",
            "A file may be one CloudEvent as a JSON object, several as a JSON array, or one a line; or one in binary mode: ce-"
                    + " headers, an empty line, the data. Gzip or not.",
            "",
            "Examples:",
            "  ./masterdeal send samples/events.jsonl",
            "  echo '{\"specversion\": \"1.0\", ...}' | ./masterdeal send -"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all events were taken",
            "1:failed, or some were not taken; the output says why",
            "2:wrong usage"
        })
final class SendCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The file with the events; - is standard input.")
    private String file = "-";

    @Mixin
    private DataOption data = new DataOption();

    private long taken;

    private long all;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PlatformAddresses platform = PlatformAddresses.read(data.path());
        if (platform.gateway() == null) {
            throw new PlatformException(
                    "the platform with data directory " + data.path() + " does not run the gateway");
        }
        try (InputStream in = open();
                Sender sender = new Sender(platform.gateway(), platform.apiKeys(), this::tell)) {
            EventFile.read(file.equals("-") ? "standard input" : file, in, sender::send);
            sender.finish();
        }
        spec.commandLine().getErr().println(taken + " of " + all + " events taken");
        spec.commandLine().getErr().flush();
        return taken == all ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private InputStream open() throws IOException {
        if (file.equals("-")) {
            return System.in;
        }
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            throw new EventLogException(file + ": there is no such file. Check the path.");
        }
        if (Files.isDirectory(path)) {
            throw new EventLogException(file + ": this is a folder. Give the path of a file.");
        }
        return Files.newInputStream(path);
    }

    private void tell(ToSend event, Sender.Sent sent) {
        all++;
        taken += sent.placed() == null ? 0 : 1;
        String place = event.place().isEmpty() || sent.placed() != null ? "" : event.place() + ": ";
        spec.commandLine()
                .getOut()
                .println(TerminalText.clean((event.id() == null ? "-" : event.id()) + "  "
                        + (event.type() == null ? "-" : event.type()) + "  "
                        + (sent.placed() == null ? "not taken: " + place + sent.wrong() : sent.placed())));
        spec.commandLine().getOut().flush();
    }
}
