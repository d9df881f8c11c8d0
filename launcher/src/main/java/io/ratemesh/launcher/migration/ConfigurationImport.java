package io.ratemesh.launcher.migration;

import io.ratemesh.launcher.migration.draft.Directive;
import io.ratemesh.launcher.migration.draft.MalformedConfigurationException;
import io.ratemesh.launcher.migration.draft.SettingsDraft;
import io.ratemesh.launcher.migration.haproxy.HaproxyImport;
import io.ratemesh.launcher.migration.haproxy.HaproxyParser;
import io.ratemesh.launcher.migration.nginx.NginxImport;
import io.ratemesh.launcher.migration.nginx.NginxParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Imports the configuration of another proxy. Which one it is follows from its content. */
public final class ConfigurationImport {

    private static final long MAX_BYTES = 1 << 20;

    private ConfigurationImport() {}

    /**
     * The settings of an imported file.
     *
     * @param yaml the settings, with a comment for each line that is not among them
     * @param isComplete whether every line was mapped
     */
    public record Imported(String yaml, boolean isComplete) {}

    /**
     * Reads and maps a file, and those that it includes.
     *
     * @throws IOException if the file cannot be read
     * @throws MalformedConfigurationException if it is not a configuration of HAProxy or nginx
     */
    public static Imported of(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it is larger than " + MAX_BYTES + " bytes");
        }
        return of(file, Files.readString(file));
    }

    static Imported of(Path file, String text) {
        String name = String.valueOf(file.getFileName());
        SettingsDraft draft = new SettingsDraft();
        if (isHaproxy(text)) {
            HaproxyImport.run(HaproxyParser.parse(name, text), draft);
        } else {
            List<Directive> directives = NginxParser.parse(name, text, new IncludedFiles(file));
            if (directives.isEmpty()) {
                throw new MalformedConfigurationException(name, 1, "there is no directive of HAProxy or nginx");
            }
            NginxImport.run(directives, draft);
        }
        return new Imported(
                "# From " + name + ". Check it: java -jar balancer-service.jar check --config FILE\n" + draft.yaml(),
                draft.isComplete());
    }

    /** A section of HAProxy begins with a word on a line of its own, and has neither braces nor semicolons. */
    private static boolean isHaproxy(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("."))
                .findFirst()
                .filter(line -> !line.endsWith("{") && !line.endsWith(";"))
                .filter(line -> HaproxyParser.isSection(line.split("\\s+")[0]))
                .isPresent();
    }
}
