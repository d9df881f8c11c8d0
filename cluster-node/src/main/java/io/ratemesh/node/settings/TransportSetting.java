package io.ratemesh.node.settings;

/** {@code node.transport}: {@code AUTO} is the best transport that works on this machine. */
public enum TransportSetting {
    AUTO,
    IO_URING,
    EPOLL,
    NIO
}
