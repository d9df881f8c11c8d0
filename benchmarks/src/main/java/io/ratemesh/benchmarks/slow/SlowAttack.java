package io.ratemesh.benchmarks.slow;

import io.ratemesh.benchmarks.peer.RatemeshBalancer;
import io.ratemesh.benchmarks.peer.Stubs;
import java.util.List;

/** How slow clients take their time: the modes of slowhttptest. */
enum SlowAttack {
    HEAD("slow head", RatemeshBalancer.TARGET, "a field every 5 s, no end of the head", "-H -x 24 -i 5"),
    BODY(
            "slow body",
            RatemeshBalancer.PATH + Stubs.UPLOAD,
            "8 KiB are announced, at most 20 bytes come every 5 s; the upstream waits for all",
            "-B -s 8192 -x 10 -i 5"),
    /** Its first bytes fill a window that stays small. */
    READ(
            "slow read",
            RatemeshBalancer.PATH + Stubs.LARGE,
            "32 bytes of 1 MB are read every 5 s, with a window of 512 to 1,024 bytes",
            "-X -w 512 -y 1024 -n 5 -z 32");

    private final String label;
    private final String path;
    private final String says;
    private final String options;

    SlowAttack(String label, String path, String says, String options) {
        this.label = label;
        this.path = path;
        this.says = says;
        this.options = options;
    }

    /** What the table calls it. */
    String label() {
        return label;
    }

    /** What is asked for. */
    String path() {
        return path;
    }

    /** What it does, in a few words. */
    String says() {
        return says;
    }

    /** Of slowhttptest. */
    List<String> options() {
        return List.of(options.split(" "));
    }
}
