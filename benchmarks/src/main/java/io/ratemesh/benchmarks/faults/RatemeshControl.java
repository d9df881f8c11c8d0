package io.ratemesh.benchmarks.faults;

import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.process.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** By our front door's settings: written anew, and read again at a SIGHUP. */
final class RatemeshControl implements ProxyControl {

    private static final Program SHELL = new Program("sh", "dash");

    private final Path folder;
    private final long pid;
    private final List<Integer> servers;

    /**
     * Of one that runs.
     *
     * @param folder where its settings lie
     * @param servers as it has them now
     */
    RatemeshControl(Path folder, long pid, List<Integer> servers) {
        this.folder = folder;
        this.pid = pid;
        this.servers = new ArrayList<>(servers);
    }

    @Override
    public void drain(int upstream) {
        servers.removeIf(server -> server == upstream);
        reload();
    }

    @Override
    public void bringBack(int upstream) {
        add(upstream);
    }

    @Override
    public void add(int upstream) {
        servers.add(upstream);
        reload();
    }

    private void reload() {
        RatemeshBalancer.writeProxySettings(folder, servers, RequestNumber.PATH);
        SHELL.output("-c", "kill -HUP " + pid);
    }
}
