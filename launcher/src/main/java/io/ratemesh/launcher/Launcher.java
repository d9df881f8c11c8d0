package io.ratemesh.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ratemesh.launcher.command.BenchCommand;
import io.ratemesh.launcher.command.ConverterCommand;
import io.ratemesh.launcher.command.DownCommand;
import io.ratemesh.launcher.command.LogsCommand;
import io.ratemesh.launcher.command.RatemeshCommand;
import io.ratemesh.launcher.command.RestartCommand;
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

/** Reads the command line, runs the command and tells the shell how it ended. */
public final class Launcher {

    /** Set by the script: the folder it lies in. */
    private static final String PROJECT = "ratemesh.project";

    /** Set by the script before a build, which a wrong command line should not have to wait for. */
    private static final String CHECK_ONLY = "ratemesh.check-only";

    private Launcher() {}

    public static void main(String[] arguments) {
        Path workingFolder = Path.of("").toAbsolutePath();
        Path project =
                Optional.ofNullable(System.getProperty(PROJECT)).map(Path::of).orElse(workingFolder);
        CommandContext workplace = new CommandContext(System.getenv(), project, workingFolder, Console.ofThisProcess());
        System.exit(Boolean.getBoolean(CHECK_ONLY) ? check(workplace, arguments) : run(workplace, arguments));
    }

    private static int check(CommandContext workplace, String... arguments) {
        // Picocli then parses, complains and helps as ever, and runs nothing.
        return commandLine(workplace)
                .setExecutionStrategy(parsed -> Optional.ofNullable(CommandLine.executeHelpRequest(parsed))
                        .orElse(ExitCode.DONE))
                .execute(arguments);
    }

    /** Runs one command and gives its exit code. */
    public static int run(CommandContext workplace, String... arguments) {
        return commandLine(workplace).execute(arguments);
    }

    private static CommandLine commandLine(CommandContext workplace) {
        Console console = workplace.console();
        CommandLine line = new CommandLine(new RatemeshCommand())
                .addSubcommand(new UpCommand(workplace))
                .addSubcommand(new StatusCommand(workplace))
                .addSubcommand(new ConverterCommand(workplace))
                .addSubcommand(new ScaleCommand(workplace))
                .addSubcommand(new RestartCommand(workplace))
                .addSubcommand(new LogsCommand(workplace))
                .addSubcommand(new DownCommand(workplace))
                .addSubcommand(new TestCommand())
                .addSubcommand(new BenchCommand(workplace));
        line.getCommandSpec()
                .version("ratemesh " + version())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Shows the version.")
                        .build());
        addHelp(line);
        line.getSubcommands().values().forEach(Launcher::addHelp);
        return line.setOut(new PrintWriter(console.out(), true, UTF_8))
                .setErr(new PrintWriter(console.err(), true, UTF_8))
                .setParameterExceptionHandler((wrong, given) -> refuse(wrong, console))
                .setExecutionExceptionHandler((problem, command, parsed) -> explain(problem, console));
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this help.")
                        .build());
    }

    private static int refuse(ParameterException wrong, Console console) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        console.complain("ratemesh: " + reason(wrong) + "; see ./" + command + " --help");
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

    private static int explain(Exception problem, Console console) {
        if (problem instanceof CommandFailure failure) {
            console.complain("ratemesh: " + failure.getMessage());
            return failure.exitCode();
        }
        String what = problem instanceof UncheckedIOException io ? String.valueOf(io.getCause()) : problem.toString();
        console.complain("ratemesh: " + what);
        return ExitCode.FAILED;
    }

    private static String version() {
        return Optional.ofNullable(Launcher.class.getPackage().getImplementationVersion())
                .orElse("(not packaged)");
    }
}
