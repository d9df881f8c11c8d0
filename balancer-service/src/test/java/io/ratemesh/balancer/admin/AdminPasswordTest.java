package io.ratemesh.balancer.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ratemesh.node.lifecycle.StartException;
import io.ratemesh.node.settings.BalancerSettings.Listen;
import io.ratemesh.node.settings.BalancerSettings.Stats;
import io.ratemesh.node.settings.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPasswordTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void the_password_is_generated_at_the_first_start_and_only_its_owner_can_read_the_file() throws IOException {
        Path file = folder.resolve("home/admin-password");

        AdminPassword made = AdminPassword.of(settings(Optional.empty(), file));

        String written = Files.readString(file).strip();
        assertThat(written).hasSizeGreaterThanOrEqualTo(24);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(made.matches(written)).isTrue();
        assertThat(made.matches(written + "x")).isFalse();
        assertThat(made.matches("")).isFalse();
    }

    @Test
    void the_password_stays_the_same_at_the_next_start() {
        Path file = folder.resolve("admin-password");
        AdminPassword.of(settings(Optional.empty(), file));

        String written = read(file);
        AdminPassword again = AdminPassword.of(settings(Optional.empty(), file));

        assertThat(again.matches(written)).isTrue();
    }

    @Test
    void the_environment_takes_precedence() {
        Path file = folder.resolve("admin-password");

        AdminPassword given = AdminPassword.of(settings(Optional.of(new Secret("from outside")), file));

        assertThat(given.matches("from outside")).isTrue();
        assertThat(file).doesNotExist();
    }

    @Test
    void an_empty_file_stops_the_start_with_a_message_that_names_it() throws IOException {
        Path file = Files.writeString(folder.resolve("empty"), "\n");

        assertThatThrownBy(() -> AdminPassword.of(settings(Optional.empty(), file)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("balancer.stats.password-file")
                .hasMessageContaining(file.toString());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Stats settings(Optional<Secret> password, Path file) {
        return new Stats(new Listen("127.0.0.1", 0), "admin", password, file, Optional.empty(), List.of());
    }
}
