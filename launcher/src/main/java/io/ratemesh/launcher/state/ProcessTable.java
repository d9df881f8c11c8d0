package io.ratemesh.launcher.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells processes apart. A pid alone does not: the system gives it to a stranger after its first owner has ended, and a
 * stranger must never be killed.
 */
@FunctionalInterface
public interface ProcessTable {

    /** What only the process that has this pid now was born with; empty where nobody has it, or only a zombie. */
    Optional<String> birth(long pid);

    /** The processes of this machine. */
    static ProcessTable ofThisMachine() {
        Path proc = Path.of("/proc");
        return Files.isReadable(proc.resolve("self/stat")) ? new ProcFiles(proc) : ProcessTable::startInstant;
    }

    private static Optional<String> startInstant(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .map(instant -> "instant:" + instant.toEpochMilli());
    }

    /**
     * Linux. The instant of the start is computed there from the wall clock, which may be set; the ticks since boot
     * never change.
     */
    record ProcFiles(Path proc) implements ProcessTable {

        private static final int STATE = 0;
        private static final int START_TICKS = 19;

        @Override
        public Optional<String> birth(long pid) {
            try {
                String stat = Files.readString(proc.resolve(pid + "/stat"));
                // The second field is the name of the program in brackets, which may itself hold blanks and brackets.
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
                return ended ? Optional.empty() : Optional.of("ticks:" + fields[START_TICKS] + "@" + boot());
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        private String boot() throws IOException {
            return Files.readString(proc.resolve("sys/kernel/random/boot_id")).strip();
        }
    }
}
