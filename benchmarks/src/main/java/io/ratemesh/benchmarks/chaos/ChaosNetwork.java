package io.ratemesh.benchmarks.chaos;

import io.ratemesh.benchmarks.process.Program;
import java.util.List;
import java.util.Optional;

/**
 * Where the two halves of a cluster run: both on loopback, or each in a network namespace of its own, joined by a bridge on which
 * this process has an address too. A partition isolates the two ports of the bridge from each other: packets between the halves
 * are lost without a trace, and both still reach this process.
 */
final class ChaosNetwork implements AutoCloseable {

    /** Of every cluster. */
    static final int HALVES = 2;

    private static final String LOOPBACK = "127.0.0.1";
    private static final String DONE = "done";

    private final Optional<String> names;

    private ChaosNetwork(Optional<String> names) {
        this.names = names;
    }

    /** Namespaces if this process may create them, else loopback. */
    static ChaosNetwork create() {
        if (!System.getProperty("user.name").equals("root")) {
            return new ChaosNetwork(Optional.empty());
        }
        String id = "rm" + ProcessHandle.current().pid() % 100_000;
        StringBuilder script = new StringBuilder();
        script.append("ip link add ").append(id).append("b type bridge && ip addr add ");
        script.append(bridgeAddress(id))
                .append("/24 dev ")
                .append(id)
                .append("b && ip link set ")
                .append(id)
                .append("b up");
        for (int half = 0; half < HALVES; half++) {
            String inside = "ip -n " + id + half;
            script.append(" && ip netns add ").append(id).append(half);
            script.append(" && ip link add ")
                    .append(port(id, half))
                    .append(" type veth peer name eth0 netns ")
                    .append(id)
                    .append(half);
            script.append(" && ip link set ")
                    .append(port(id, half))
                    .append(" master ")
                    .append(id)
                    .append("b up");
            script.append(" && ").append(inside).append(" link set lo up");
            script.append(" && ")
                    .append(inside)
                    .append(" addr add ")
                    .append(address(id, half))
                    .append("/24 dev eth0");
            script.append(" && ").append(inside).append(" link set eth0 up");
        }
        ChaosNetwork network = new ChaosNetwork(Optional.of(id));
        if (succeeds(script.toString())) {
            Runtime.getRuntime().addShutdownHook(new Thread(network::close));
            return network;
        }
        network.close();
        return new ChaosNetwork(Optional.empty());
    }

    boolean hasNamespaces() {
        return names.isPresent();
    }

    /** The address of a half, 0 or 1. */
    String address(int half) {
        return names.map(id -> address(id, half)).orElse(LOOPBACK);
    }

    /** The words before a command that runs in a half. */
    List<String> prefix(int half) {
        return names.map(id -> List.of("ip", "netns", "exec", id + half)).orElse(List.of());
    }

    /** Cuts the halves off from each other. */
    void partition() {
        eachPort("bridge link set dev %s isolated on");
    }

    void heal() {
        eachPort("bridge link set dev %s isolated off");
    }

    /** Delays and loses packets, or, where the kernel has no netem, queues them for up to 400 ms at 1 Mbit/s. */
    void slow() {
        eachPort("{ tc qdisc add dev %1$s root netem delay 100ms 20ms loss 1%% 2>/dev/null"
                + " || tc qdisc add dev %1$s root tbf rate 1mbit burst 16kb latency 400ms; }");
    }

    void fast() {
        eachPort("tc qdisc del dev %s root");
    }

    @Override
    public void close() {
        names.ifPresent(id -> succeeds("ip netns del " + id + "0; ip netns del " + id + "1; ip link del " + id + "b"));
    }

    private void eachPort(String command) {
        String id = names.orElseThrow();
        for (int half = 0; half < HALVES; half++) {
            String words = String.format(command, port(id, half));
            if (!succeeds(words)) {
                throw new IllegalStateException(words + " failed");
            }
        }
    }

    private static boolean succeeds(String script) {
        return new Program("sh", "dash")
                .output("-c", "{ " + script + "; } 2>&1 && echo " + DONE)
                .strip()
                .endsWith(DONE);
    }

    private static String port(String id, int half) {
        return id + "p" + half;
    }

    private static String bridgeAddress(String id) {
        return net(id) + 1;
    }

    private static String address(String id, int half) {
        return net(id) + (10 + half);
    }

    /** A network for each process, from those kept free for benchmarks of networks (RFC 2544). */
    private static String net(String id) {
        return "198.18." + Math.floorMod(id.hashCode(), 256) + ".";
    }
}
