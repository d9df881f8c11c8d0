/**
 * All that relies on the inside of Vert.x and on the names of its handlers. What is done with a connection, a message or a context is
 * decided by the callers.
 *
 * <p>What an upgrade of Vert.x may break, and the test that fails then:
 *
 * <ul>
 *   <li>{@link io.ratemesh.balancer.vertx.VertxConnections}: HTTP connections are {@code ConnectionBase}, sockets are
 *       {@code NetSocketInternal} ({@code ListenerTest}); the handler of a socket has the name {@code handler}
 *       ({@code ListenerCountsTest}); what is written to its context is encoded in order ({@code InterimResponsesTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.ServerPipeline}: the names {@code httpDecoder}, {@code handler} and {@code chunkedWriter}, and
 *       that the last is needed for files only ({@code ServerPipelineTest}, {@code FileEndsTest}); the event of a shutdown
 *       ({@code TlsConnectionStartTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.VertxMessages}: buffers and fields are those of Netty ({@code ListenerCountsTest},
 *       {@code InterimResponsesTest}); the last object of a response says so ({@code SlowClientTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.UnvalidatedRequestDecoder}: the decoder may be replaced by a subclass
 *       ({@code GuardAndDecoderTest}, {@code CorpusTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.ProxiedAddresses}: channel attributes override a connection's addresses
 *       ({@code ProxyProtocolTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.EarlyAcceptServers}: a server configures its sockets through the transport, and serves a
 *       connection when its child handler is added to the channel ({@code ListenerTest}, {@code TlsConnectionStartTest},
 *       {@code H2cTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.LoopContext}: dispatch and futures of a context ({@code LoopContextTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.VertxTransport}: channels and acceptors of the transport in use ({@code TcpListenerTest},
 *       {@code HostsAndDnsTest}, {@code UnixSocketTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.HalfClosedChannels}: the events that an epoll channel of Netty waits for ({@code SlowConnectionsTest}).
 *   <li>{@link io.ratemesh.balancer.vertx.TcpKeepAlive}: the channel options of each transport ({@code TcpKeepAliveTest}).
 * </ul>
 */
@NullMarked
package io.ratemesh.balancer.vertx;

import org.jspecify.annotations.NullMarked;
