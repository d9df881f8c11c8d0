package io.ratemesh.node.lifecycle;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * The command line of a service. Not parsed by picocli, as that of the launcher is: a start would take 0.1 s of CPU more
 * (docs/decisions/0040-command-line-of-services.md).
 *
 * @param action what to do
 * @param config the settings file
 * @param sets the settings, {@code KEY=VALUE}
 */
record ServiceArguments(Action action, Optional<Path> config, List<String> sets) {

    private static final String CHECK = "check";
    private static final String CONFIG = "config";
    private static final String SET = "set";
    private static final String HELP = "help";
    private static final String VERSION = "version";

    private static final Options OPTIONS = new Options()
            .addOption(Option.builder()
                    .longOpt(CONFIG)
                    .hasArg()
                    .argName("FILE")
                    .desc("YAML file with settings (default: ratemesh.yaml in the working folder, if it exists)")
                    .build())
            .addOption(Option.builder()
                    .longOpt(SET)
                    .hasArg()
                    .argName("KEY=VALUE")
                    .desc("one setting, such as balancer.http.port=9090; can be repeated")
                    .build())
            .addOption("h", HELP, false, "Show this help message and exit.")
            .addOption("V", VERSION, false, "Print version information and exit.");

    private static final int WIDTH = 80;

    private static final String FOOTER = """

        check starts nothing: it checks the settings and the files that they name, prints the settings in force as YAML, \
        and warns of what is valid and unwise. It binds no port, so it does not notice one that is in use.
        Precedence of settings: --set, environment (RATEMESH_BALANCER_HTTP_PORT for balancer.http.port), file, defaults. \
        docs/settings.md lists all of them.
        SIGTERM drains and stops the node. SIGHUP reloads the settings of a balancer or a rates node.
        Exit codes: 0 done, 1 failed, 2 wrong usage or invalid settings.\
        """;

    /** What a command line requests. */
    enum Action {
        RUN,
        /** Check the settings, and print those in force. */
        CHECK,
        HELP,
        VERSION
    }

    ServiceArguments {
        sets = List.copyOf(sets);
    }

    /**
     * Parses the arguments. A value may follow as the next argument or after {@code =}.
     *
     * @throws ParseException for an unknown option, or one without its value
     */
    static ServiceArguments parse(String... arguments) throws ParseException {
        CommandLine line = DefaultParser.builder()
                .setAllowPartialMatching(false)
                .setStripLeadingAndTrailingQuotes(false)
                .build()
                .parse(OPTIONS, arguments);
        List<String> words = line.getArgList();
        boolean check = !words.isEmpty() && words.get(0).equals(CHECK);
        if (words.size() > (check ? 1 : 0)) {
            throw new UnrecognizedOptionException("Unrecognized argument: " + words.get(check ? 1 : 0));
        }
        String[] sets = line.getOptionValues(SET);
        return new ServiceArguments(
                action(line, check),
                Optional.ofNullable(line.getOptionValue(CONFIG)).map(Path::of),
                sets == null ? List.of() : List.of(sets));
    }

    private static Action action(CommandLine line, boolean check) {
        if (line.hasOption(HELP)) {
            return Action.HELP;
        }
        if (line.hasOption(VERSION)) {
            return Action.VERSION;
        }
        return check ? Action.CHECK : Action.RUN;
    }

    /** The text of {@code --help}. */
    static String help(String name, String description) {
        HelpFormatter formatter = new HelpFormatter();
        formatter.setSyntaxPrefix("Usage: ");
        formatter.setLongOptSeparator("=");
        formatter.setOptionComparator(null);
        StringWriter text = new StringWriter();
        formatter.printHelp(
                new PrintWriter(text),
                WIDTH,
                name + " [check] [-hV] [--config=FILE] [--set=KEY=VALUE]...",
                description,
                OPTIONS,
                2,
                2,
                FOOTER);
        return text.toString();
    }
}
