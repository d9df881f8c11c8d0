package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.process.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Controls the balancer by changed settings and SIGHUP. */
final class RatemeshControl implements ProxyControl {

    private final Path folder;
    private final long pid;
    private final List<Integer> upstreams;

    /**
     * Controls a running balancer.
     *
     * @param folder with its settings
     * @param upstreams that it has now
     */
    RatemeshControl(Path folder, long pid, List<Integer> upstreams) {
        this.folder = folder;
        this.pid = pid;
        this.upstreams = new ArrayList<>(upstreams);
    }

    @Override
    public void drain(int upstream) {
        upstreams.removeIf(port -> port == upstream);
        reload();
    }

    @Override
    public void enable(int upstream) {
        add(upstream);
    }

    @Override
    public void add(int upstream) {
        upstreams.add(upstream);
        reload();
    }

    private void reload() {
        RatemeshBalancer.writeProxySettings(folder, upstreams, RequestNumber.PATH);
        Program.signal(pid, "HUP");
    }
}
