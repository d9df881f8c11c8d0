package io.ratemesh.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFolderTest {

    @Test
    void it_goes_with_all_that_is_in_it() {
        Path folder = RunFolder.use(false, RunFolderTest::filled);

        assertThat(folder).doesNotExist();
        assertThat(folder.getParent()).doesNotExist();
    }

    @Test
    void it_stays_where_it_shall_be_kept() throws IOException {
        Path folder = RunFolder.use(true, RunFolderTest::filled);

        assertThat(folder.resolve("nginx.conf")).exists();
        remove(folder);
    }

    @Test
    void it_stays_where_the_work_fails() throws IOException {
        List<Path> folder = new ArrayList<>();

        assertThatThrownBy(() -> RunFolder.use(false, run -> {
                    folder.add(filled(run));
                    throw new IllegalStateException("nginx ended by itself");
                }))
                .hasMessage("nginx ended by itself");

        assertThat(folder.get(0).resolve("nginx.conf")).exists();
        remove(folder.get(0));
    }

    private static Path filled(RunFolder run) {
        Path folder = run.of("nginx");
        try {
            Files.writeString(folder.resolve("nginx.conf"), "daemon off;");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static void remove(Path folder) throws IOException {
        Files.delete(folder.resolve("nginx.conf"));
        Files.delete(folder);
        Files.delete(folder.toAbsolutePath().getParent());
    }
}
