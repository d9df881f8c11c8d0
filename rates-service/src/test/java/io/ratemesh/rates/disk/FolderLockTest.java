package io.ratemesh.rates.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    private final Path folder;

    FolderLockTest(@TempDir Path folder) {
        this.folder = folder.resolve("data");
    }

    @Test
    void the_second_in_one_process_writes_once_the_first_is_closed() throws IOException {
        FolderLock first = FolderLock.open(folder);
        try (FolderLock second = FolderLock.open(folder)) {
            assertThat(first.acquire()).isTrue();
            assertThat(second.acquire()).isFalse();

            first.close();

            assertThat(second.isHeld()).isFalse();
            assertThat(second.acquire()).isTrue();
            assertThat(second.isHeld()).isTrue();
        }
    }

    @Test
    void a_killed_process_leaves_no_lock() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = other.inputReader()) {
            assertThat(output.lines().anyMatch("held: true"::equals)).isTrue();
            try (FolderLock lock = FolderLock.open(folder)) {
                assertThat(lock.acquire()).isFalse();

                other.destroyForcibly().waitFor();

                assertThat(lock.acquire()).isTrue();
            }
        } finally {
            other.destroyForcibly();
        }
    }

    /** Another process. */
    static final class Holder {

        public static void main(String... args) throws IOException {
            FolderLock lock = FolderLock.open(Path.of(args[0]));
            System.out.println("held: " + lock.isHeld());
            System.in.read();
        }
    }
}
