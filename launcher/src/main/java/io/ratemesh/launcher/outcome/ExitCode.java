package io.ratemesh.launcher.outcome;

/** The exit codes of the launcher. */
public final class ExitCode {

    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;

    /** Another command holds the lock; only of the commands for the scaler, which do not wait. */
    public static final int BUSY = 3;

    /** Only of import: some lines were not mapped. */
    public static final int INCOMPLETE = 3;

    private ExitCode() {}
}
