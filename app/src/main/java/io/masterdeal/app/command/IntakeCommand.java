package io.masterdeal.app.command;

import io.masterdeal.client.PlatformClient;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "intake",
        mixinStandardHelpOptions = true,
        description = {
            "Shows how far the events in Kafka are taken in, and mismatches between Kafka and PostgreSQL.",
            "'intake resume' decides where to resume a partition that waits for an operator."
        },
        footer = {
            "",
            "Examples:",
            "  ./masterdeal intake",
            "  ./masterdeal intake resume --topic crm.events --partition 0 --from first --reason 'CRM sent them again'"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:failed; the message says why", "2:wrong usage"})
final class IntakeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "Print the answer of the API instead.")
    private boolean json;

    @Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws InterruptedException {
        PlatformClient service = RoleClients.service(data.path(), "reader");
        JsonNode incidents = service.get("/intake/incidents").path("incidents");
        JsonNode intake = service.get("/intake");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(((ObjectNode) intake).set("incidents", incidents));
        } else {
            out.println(intake.path("state").asString() + ", " + intake.path("lag") + " records to be taken in");
            if (intake.has("waits_for")) {
                out.println("waits for: " + intake.path("waits_for").asString());
            }
            for (JsonNode partition : intake.path("partitions")) {
                out.println(
                        "  " + place(partition) + ": " + partition.path("committed") + " of " + partition.path("end"));
            }
            for (JsonNode incident : incidents) {
                tell(out, incident);
            }
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    private static String place(JsonNode node) {
        return node.path("topic").asString() + "-" + node.path("partition");
    }

    private static void tell(PrintWriter out, JsonNode incident) {
        out.println();
        out.println(incident.path("at").asString() + " " + place(incident) + " "
                + incident.path("kind").asString()
                + (incident.path("open").booleanValue() ? ", waits for a decision" : ""));
        out.println("  " + incident.path("what").asString());
        out.println("  "
                + (incident.path("decision").isString()
                        ? "decided: " + incident.path("decision").asString()
                        : incident.path("cure").asString()));
    }

    @Command(
            name = "resume",
            mixinStandardHelpOptions = true,
            description = {
                "Decides where the intake resumes a partition that waits for it, or should be read again.",
                "Reading known events again changes nothing. Skipped events are not taken in."
            },
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:decided; the intake follows within seconds",
                "1:failed; the message says why",
                "2:wrong usage"
            })
    Integer resume(
            @Option(names = "--topic", paramLabel = "TOPIC", required = true, description = "Such as crm.events.")
                    String topic,
            @Option(names = "--partition", paramLabel = "N", description = "Its number, or give --all.") @Nullable
                    Integer partition,
            @Option(names = "--all", description = "All partitions of the topic.") boolean all,
            @Option(
                            names = "--from",
                            paramLabel = "first|end|OFFSET",
                            required = true,
                            description = "The first record in Kafka, only new records, or an offset.")
                    String from,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why: it is kept with the decision.")
                    String reason,
            @Mixin DataOption where)
            throws InterruptedException {
        if (all == (partition != null)) {
            throw new ParameterException(
                    spec.commandLine().getSubcommands().get("resume"), "Give either --partition or --all.");
        }
        ObjectNode request = JsonMapper.shared().createObjectNode();
        request.put("topic", topic)
                .put("partition", partition)
                .put("from", from)
                .put("reason", reason);
        PlatformClient service = RoleClients.service(where.path(), "operator");
        PrintWriter out = spec.commandLine().getOut();
        for (JsonNode each :
                service.send("POST", "/operations/intake/resume", request).path("resumed")) {
            out.println(place(each) + ": goes on with offset " + each.path("next"));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }
}
