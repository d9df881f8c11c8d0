package io.ratemesh.launcher.outcome;

/** A failed command. The user sees only the message, never a stack trace. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** A valid command that could not be completed. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message);
    }

    /** An invalid command line or setting. */
    public static CommandFailure wrongUsage(String message) {
        return new CommandFailure(ExitCode.WRONG_USAGE, message);
    }

    /** A node that ended unexpectedly. */
    public static CommandFailure ofNode(int exitCode, String message) {
        return exitCode == ExitCode.WRONG_USAGE ? wrongUsage(message) : failed(message);
    }

    public int exitCode() {
        return exitCode;
    }
}
