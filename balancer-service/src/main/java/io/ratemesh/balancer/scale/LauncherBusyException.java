package io.ratemesh.balancer.scale;

/** Another command, such as a rolling restart, is changing the nodes. */
final class LauncherBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LauncherBusyException() {
        super("another ratemesh command is changing the nodes of this machine");
    }
}
