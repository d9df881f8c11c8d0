package io.ratemesh.launcher.outcome;

/** The exit codes of the launcher. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    private ExitCode() {}
}
