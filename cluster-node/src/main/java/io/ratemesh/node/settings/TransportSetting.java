package io.ratemesh.node.settings;

/** Which transport a node is told to use: {@code auto} takes the best that works here. */
public enum TransportSetting {
    AUTO,
    IO_URING,
    EPOLL,
    NIO
}
