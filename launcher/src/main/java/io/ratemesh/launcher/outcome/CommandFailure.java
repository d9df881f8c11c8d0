package io.ratemesh.launcher.outcome;

/** Why a command ends before it is done: its message is all that the user sees, never a stack trace. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command was right and could not be done. */
    public static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message);
    }

    /** The command, or a setting it was given, was wrong. */
    public static CommandFailure wrongUsage(String message) {
        return new CommandFailure(ExitCode.WRONG_USAGE, message);
    }

    /** A node ended with {@code exitCode} where it should have run. */
    public static CommandFailure ofNode(int exitCode, String message) {
        return exitCode == ExitCode.WRONG_USAGE ? wrongUsage(message) : failed(message);
    }

    public int exitCode() {
        return exitCode;
    }
}
