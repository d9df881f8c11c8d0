package io.ratemesh.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.launcher.command.BenchCommand;
import io.ratemesh.launcher.command.ChaosCommand;
import io.ratemesh.launcher.command.ConverterCommand;
import io.ratemesh.launcher.command.DownCommand;
import io.ratemesh.launcher.command.ImportCommand;
import io.ratemesh.launcher.command.LaunchConvertersCommand;
import io.ratemesh.launcher.command.LogsCommand;
import io.ratemesh.launcher.command.RatemeshCommand;
import io.ratemesh.launcher.command.RecordArchivesCommand;
import io.ratemesh.launcher.command.RestartCommand;
import io.ratemesh.launcher.command.RetireConverterCommand;
import io.ratemesh.launcher.command.ScaleCommand;
import io.ratemesh.launcher.command.StatusCommand;
import io.ratemesh.launcher.command.TestCommand;
import io.ratemesh.launcher.command.UpCommand;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.Console;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Parses the command line, runs the command and exits with its exit code. */
public final class Launcher {

    /** The folder of the script, which sets this property. */
    private static final String PROJECT = "ratemesh.project";

    /** Set by the script before a build, so that a wrong command line fails before it. */
    private static final String CHECK_ONLY = "ratemesh.check-only";

    private Launcher() {}

    public static void main(String[] arguments) {
        Path workingFolder = Path.of("").toAbsolutePath();
        Path project =
                Optional.ofNullable(System.getProperty(PROJECT)).map(Path::of).orElse(workingFolder);
        CommandContext context = new CommandContext(System.getenv(), project, workingFolder, Console.ofThisProcess());
        System.exit(Boolean.getBoolean(CHECK_ONLY) ? check(context, arguments) : run(context, arguments));
    }

    private static int check(CommandContext context, String... arguments) {
        // Parses the command line, prints errors or help, and runs nothing.
        return commandLine(context)
                .setExecutionStrategy(parsed -> Optional.ofNullable(CommandLine.executeHelpRequest(parsed))
                        .orElse(ExitCode.DONE))
                .execute(arguments);
    }

    /** Runs one command and returns its exit code. */
    public static int run(CommandContext context, String... arguments) {
        return commandLine(context).execute(arguments);
    }

    private static CommandLine commandLine(CommandContext context) {
        Console console = context.console();
        CommandLine line = new CommandLine(new RatemeshCommand())
                .addSubcommand(new UpCommand(context))
                .addSubcommand(new StatusCommand(context))
                .addSubcommand(new ConverterCommand(context))
                .addSubcommand(new ScaleCommand(context))
                .addSubcommand(new LaunchConvertersCommand(context))
                .addSubcommand(new RetireConverterCommand(context))
                .addSubcommand(new RecordArchivesCommand(context))
                .addSubcommand(new RestartCommand(context))
                .addSubcommand(new LogsCommand(context))
                .addSubcommand(new DownCommand(context))
                .addSubcommand(new ImportCommand(context))
                .addSubcommand(new TestCommand())
                .addSubcommand(new BenchCommand(context))
                .addSubcommand(new ChaosCommand(context));
        line.getCommandSpec()
                .version("ratemesh " + version())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Prints the version.")
                        .build());
        addHelp(line);
        line.getSubcommands().values().forEach(Launcher::addHelp);
        return line.setOut(new PrintWriter(console.out(), true, UTF_8))
                .setErr(new PrintWriter(console.err(), true, UTF_8))
                .setParameterExceptionHandler((wrong, given) -> printUsageError(wrong, console))
                .setExecutionExceptionHandler((problem, command, parsed) -> printFailure(problem, console));
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Prints this help.")
                        .build());
    }

    private static int printUsageError(ParameterException wrong, Console console) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        console.printError("ratemesh: " + reason(wrong) + "; see ./" + command + " --help");
        return ExitCode.WRONG_USAGE;
    }

    private static String reason(ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            List<String> suggestions = unmatched.getSuggestions();
            return "unknown " + (unmatched.isUnknownOption() ? "option" : "argument") + " "
                    + unmatched.getUnmatched().get(0)
                    + (suggestions.isEmpty() ? "" : " (did you mean " + suggestions.get(0) + "?)");
        }
        return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
    }

    private static int printFailure(Exception problem, Console console) {
        if (problem instanceof CommandFailure failure) {
            console.printError("ratemesh: " + failure.getMessage());
            return failure.exitCode();
        }
        String what = problem instanceof UncheckedIOException io ? String.valueOf(io.getCause()) : problem.toString();
        console.printError("ratemesh: " + what);
        return ExitCode.FAILED;
    }

    private static String version() {
        return Optional.ofNullable(Launcher.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
