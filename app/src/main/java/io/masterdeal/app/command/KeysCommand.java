package io.masterdeal.app.command;

import io.masterdeal.app.platform.PlatformAddresses;
import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.contracts.apikey.PersonKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = {
            "Keys of persons, for the console: whoever has one logs in with it, and is named in everything that is changed.",
            "They are files that only you can read, in DIR/secrets/api-keys/people. A running console knows of a change within a second."
        },
        subcommands = {KeysCommand.Create.class, KeysCommand.Show.class, KeysCommand.Revoke.class},
        footer = {
            "",
            "Examples:",
            "  ./masterdeal keys create anna-reed --role operator --name 'Anna Reed'",
            "  ./masterdeal keys list",
            "  ./masterdeal keys revoke anna-reed"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed; the message says why", "2:wrong usage"})
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: create, list or revoke.");
    }

    /** The directory of the keys: that of the running platform, which may be elsewhere, or the usual one. */
    private static Path directory(DataOption data) {
        try {
            return PlatformAddresses.read(data.path()).apiKeys();
        } catch (PlatformException _) {
            return data.path().resolve("secrets").resolve("api-keys");
        }
    }

    @Command(
            name = "create",
            mixinStandardHelpOptions = true,
            description = "Makes a key for a person, and prints the name of its file.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:made", "1:failed; the message says why", "2:wrong usage"})
    static final class Create implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                paramLabel = "ID",
                description = "Names the file: lower-case letters, digits and hyphens, a letter first.")
        private String id = "";

        @Option(
                names = "--role",
                paramLabel = "ROLE",
                required = true,
                description = "viewer looks, operator acts, admin also changes rule sets, subscriptions and channels.")
        private String role = "";

        @Option(names = "--name", paramLabel = "NAME", description = "As colleagues know the person (default: ID).")
        private @Nullable String name;

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public Integer call() {
            Path file;
            try {
                file = PersonKeys.create(directory(data), id, name == null ? id : name, role);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println(file);
            out.flush();
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Shows who has a key and what it allows.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:shown, even if there is none",
                "1:failed, or a key cannot be used; the message says why",
                "2:wrong usage"
            })
    static final class Show implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public Integer call() {
            PersonKeys.Found found = PersonKeys.read(directory(data));
            PrintWriter out = spec.commandLine().getOut();
            if (found.holders().isEmpty() && found.faults().isEmpty()) {
                out.println("No person has a key. './masterdeal keys create' makes one.");
            }
            for (PersonKeys.Holder holder : found.holders()) {
                out.println(String.format(Locale.ROOT, "%-24s %-9s %s", holder.id(), holder.right(), holder.name()));
            }
            out.flush();
            if (!found.faults().isEmpty()) {
                throw new PlatformException("not usable: " + String.join("; ", found.faults()));
            }
            return CommandLine.ExitCode.OK;
        }
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Takes a person's key away. Sessions that began with it end within a second.",
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {"0:revoked", "1:there is no such key, or it failed; the message says why", "2:wrong usage"})
    static final class Revoke implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "ID", description = "As 'list' shows it.")
        private String id = "";

        @Mixin
        private DataOption data = new DataOption();

        @Override
        public Integer call() {
            boolean there;
            try {
                there = PersonKeys.revoke(directory(data), id);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
            }
            if (!there) {
                throw new PlatformException("there is no key of " + id + ". './masterdeal keys list' shows all.");
            }
            return CommandLine.ExitCode.OK;
        }
    }
}
