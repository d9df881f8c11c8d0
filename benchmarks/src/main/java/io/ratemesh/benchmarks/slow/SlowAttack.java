package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.contender.RatemeshBalancer;
import io.ratemesh.benchmarks.contender.StubUpstreams;
import java.util.List;

/** The attacks by slow clients: the modes of slowhttptest. */
enum SlowAttack {
    HEAD("slow head", RatemeshBalancer.TARGET, "a field every 5 s, no end of the head", "-H -x 24 -i 5"),
    BODY(
            "slow body",
            RatemeshBalancer.PATH + StubUpstreams.UPLOAD,
            "of 8 KiB, at most 20 bytes are sent every 5 s; the upstream responds after the whole body",
            "-B -s 8192 -x 10 -i 5"),
    READ(
            "slow read",
            RatemeshBalancer.PATH + StubUpstreams.LARGE,
            "32 bytes of 1 MB are read every 5 s, with a window of 512 to 1,024 bytes",
            "-X -w 512 -y 1024 -n 5 -z 32");

    private final String label;
    private final String path;
    private final String description;
    private final String options;

    SlowAttack(String label, String path, String description, String options) {
        this.label = label;
        this.path = path;
        this.description = description;
        this.options = options;
    }

    String label() {
        return label;
    }

    String path() {
        return path;
    }

    String description() {
        return description;
    }

    List<String> options() {
        return List.of(options.split(" "));
    }
}
