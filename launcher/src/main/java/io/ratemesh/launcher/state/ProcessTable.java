package io.ratemesh.launcher.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Identifies processes. A pid is not enough: the system reuses it after its process has ended, and another program must never be
 * killed.
 */
@FunctionalInterface
public interface ProcessTable {

    /** A value that is unique to the process with this pid; empty without a process, and for a zombie. */
    Optional<String> identity(long pid);

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
     * Linux. Java computes the start instant from the wall clock, which can change; the start time in ticks since boot cannot.
     */
    record ProcFiles(Path proc) implements ProcessTable {

        private static final int STATE = 0;
        private static final int START_TICKS = 19;

        @Override
        public Optional<String> identity(long pid) {
            try {
                String stat = Files.readString(proc.resolve(pid + "/stat"));
                // The second field is the name of the program in brackets, which may contain spaces and brackets.
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
