package io.ratemesh.launcher.migration.draft;

/** A configuration that does not have the form of its program's files. The message names the line. */
public final class MalformedConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedConfigurationException(String file, int line, String problem) {
        super(file + ":" + line + ": " + problem);
    }
}
