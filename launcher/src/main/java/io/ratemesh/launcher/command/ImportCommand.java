package io.ratemesh.launcher.command;

import io.ratemesh.launcher.migration.ConfigurationImport;
import io.ratemesh.launcher.migration.ConfigurationImport.Imported;
import io.ratemesh.launcher.migration.draft.MalformedConfigurationException;
import io.ratemesh.launcher.outcome.CommandFailure;
import io.ratemesh.launcher.outcome.ExitCode;
import io.ratemesh.launcher.state.CommandContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code import}. */
@Command(
        name = "import",
        description = {
            "Prints the settings that a configuration of HAProxy or nginx means.",
            "Each line that has no setting is a comment, beside what it belongs to. Files that nginx includes are read"
                    + " too.",
            "Exit codes: 0 every line is mapped, 1 the file cannot be read or is malformed, 2 wrong usage,"
                    + " 3 some lines are not mapped."
        })
public final class ImportCommand implements Callable<Integer> {

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "Such as haproxy.cfg or nginx.conf.")
    private Path file = Path.of("");

    public ImportCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            Imported imported = ConfigurationImport.of(context.workingFolder().resolve(file));
            context.console().out().print(imported.yaml());
            context.console().out().flush();
            return imported.isComplete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
        } catch (IOException e) {
            throw CommandFailure.failed("import " + file + ": cannot be read ("
                    + e.getClass().getSimpleName() + "); use a text file in UTF-8");
        } catch (MalformedConfigurationException e) {
            throw CommandFailure.failed("import: " + e.getMessage());
        }
    }
}
