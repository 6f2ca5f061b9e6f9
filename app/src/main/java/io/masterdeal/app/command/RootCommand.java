package io.masterdeal.app.command;

import io.masterdeal.app.platform.PlatformException;
import io.masterdeal.app.replay.log.EventLogException;
import io.masterdeal.app.replay.mapping.MappingException;
import io.masterdeal.client.ApiException;
import io.masterdeal.contracts.apikey.ApiKeyException;
import io.masterdeal.effects.InvalidReactionsException;
import io.masterdeal.local.LocalInfrastructureException;
import io.masterdeal.router.subscription.InvalidSubscriptionException;
import io.masterdeal.rulesets.InvalidRuleSetException;
import io.masterdeal.rulesets.sla.InvalidSlaFileException;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code masterdeal}, of which all others are subcommands. */
@Command(
        name = "masterdeal",
        mixinStandardHelpOptions = true,
        version = "MasterDeal 0.1.0-SNAPSHOT",
        description = "Where every deal stands, and why.",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            ConsoleCommand.class,
            KeysCommand.class,
            SendCommand.class,
            DealCommand.class,
            DealsCommand.class,
            WhyCommand.class,
            CountsCommand.class,
            OrphansCommand.class,
            LedgerCommand.class,
            MessagesCommand.class,
            DelaysCommand.class,
            DeadLettersCommand.class,
            RefusalsCommand.class,
            OperationsCommand.class,
            AuditCommand.class,
            SubscriptionsCommand.class,
            RoutesCommand.class,
            ReplayCommand.class,
            SlaCommand.class,
            WhatIfCommand.class,
            IntakeCommand.class,
            ParkedCommand.class,
            RebuildCommand.class,
            RepublishCommand.class,
            BenchCommand.class,
            HelpCommand.class
        },
        footer = {
            "",
            "'./masterdeal test' runs the whole test suite, './masterdeal test --long' the long crash and random runs too.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the message says why",
            "2:wrong usage",
            "3:a replay ended, but parts of the log were unreadable or refused; or memory ran out",
            "4:a thread that the platform needs has died; the log names it, and the cause",
            "70:the launcher could not build MasterDeal",
            "78:the launcher found no JDK to run with",
            "130:ended by Ctrl-C (143: by a TERM signal)"
        })
public final class RootCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A new command line with all commands. */
    public static CommandLine commandLine() {
        return new CommandLine(new RootCommand()).setExecutionExceptionHandler((failure, command, _) -> {
            if (!isExpected(failure)) {
                failure.printStackTrace(command.getErr());
            }
            command.getErr().println(command.getColorScheme().errorText("masterdeal: " + failure.getMessage()));
            command.getErr().flush();
            return CommandLine.ExitCode.SOFTWARE;
        });
    }

    /** Failures whose message is complete; any other is a bug of ours and shows its stack trace. */
    private static boolean isExpected(Exception failure) {
        return failure instanceof PlatformException
                || failure instanceof ApiException
                || failure instanceof ApiKeyException
                || failure instanceof LocalInfrastructureException
                || failure instanceof InvalidRuleSetException
                || failure instanceof InvalidSlaFileException
                || failure instanceof InvalidReactionsException
                || failure instanceof InvalidSubscriptionException
                || failure instanceof EventLogException
                || failure instanceof MappingException
                || failure instanceof IOException;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }
}
