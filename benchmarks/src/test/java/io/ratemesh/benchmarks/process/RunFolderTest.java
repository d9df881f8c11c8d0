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
    void it_is_deleted_with_its_content() {
        Path folder = RunFolder.use(false, RunFolderTest::filled);

        assertThat(folder).doesNotExist();
        assertThat(folder.getParent()).doesNotExist();
    }

    @Test
    void it_is_kept_on_request() throws IOException {
        Path folder = RunFolder.use(true, RunFolderTest::filled);

        assertThat(folder.resolve("nginx.conf")).exists();
        remove(folder);
    }

    @Test
    void it_is_kept_after_a_failure() throws IOException {
        List<Path> folder = new ArrayList<>();

        assertThatThrownBy(() -> RunFolder.use(false, run -> {
                    folder.add(filled(run));
                    throw new IllegalStateException("nginx has exited");
                }))
                .hasMessage("nginx has exited");

        assertThat(folder.get(0).resolve("nginx.conf")).exists();
        remove(folder.get(0));
    }

    private static Path filled(RunFolder run) {
        Path folder = run.subfolder("nginx");
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
