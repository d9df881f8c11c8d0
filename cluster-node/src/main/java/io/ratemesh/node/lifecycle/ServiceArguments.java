package io.ratemesh.node.lifecycle;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of a service. A library would take a tenth of the time of a start for these four options.
 *
 * @param action what to do
 * @param config the settings file
 * @param sets the settings, {@code KEY=VALUE}
 */
record ServiceArguments(Action action, Optional<Path> config, List<String> sets) {

    /** What a command line requests. */
    enum Action {
        RUN,
        HELP,
        VERSION
    }

    ServiceArguments {
        sets = List.copyOf(sets);
    }

    /**
     * Parses the arguments. A value may follow as the next argument or after {@code =}.
     *
     * @throws IllegalArgumentException for an unknown option, or one without its value
     */
    static ServiceArguments parse(String... arguments) {
        Action action = Action.RUN;
        Optional<Path> config = Optional.empty();
        List<String> sets = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            switch (option) {
                case "--config", "--set" -> {
                    if (equals < 0 && i + 1 == arguments.length) {
                        throw new IllegalArgumentException(option + " has no value; use " + option
                                + (option.equals("--set") ? " KEY=VALUE" : " FILE"));
                    }
                    String value = equals < 0 ? arguments[++i] : argument.substring(equals + 1);
                    if (option.equals("--set")) {
                        sets.add(value);
                    } else {
                        config = Optional.of(Path.of(value));
                    }
                }
                case "-h", "--help" -> action = Action.HELP;
                case "-V", "--version" -> action = Action.VERSION;
                default ->
                    throw new IllegalArgumentException(
                            "\"" + argument + "\" is unknown; use --config, --set, --help or --version");
            }
        }
        return new ServiceArguments(action, config, sets);
    }

    /** The text of {@code --help}. */
    static String help(String name, String description) {
        return """
                Usage: %s [-hV] [--config=FILE] [--set=KEY=VALUE]...
                %s
                      --config=FILE     YAML file with settings (default: ratemesh.yaml in the
                                          working folder, if it exists)
                      --set=KEY=VALUE   one setting, such as balancer.http.port=9090; can be
                                          repeated
                  -h, --help            Show this help message and exit.
                  -V, --version         Print version information and exit.

                Precedence of settings: --set, environment (RATEMESH_BALANCER_HTTP_PORT for
                balancer.http.port), file, defaults. docs/settings.md lists all of them.
                SIGTERM drains and stops the node. SIGHUP reloads the settings of a
                balancer or a rates node.
                Exit codes: 0 done, 1 failed, 2 wrong usage or invalid settings.
                """.formatted(name, description);
    }
}
