package io.ratemesh.converter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JavaExampleTest {

    private static final Path EXAMPLE = Path.of("../docs/examples/java/RatemeshExample.java");

    @Test
    void the_example_compiles_and_runs() throws IOException, InterruptedException {
        try (TestConverter converter = TestConverter.start()) {
            converter.publish(TestBooks.example());
            Process java = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            EXAMPLE.toString(),
                            "http://127.0.0.1:" + converter.port())
                    .redirectErrorStream(true)
                    .start();
            try {
                String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(java.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(java.exitValue()).as(output).isZero();
                assertThat(output).contains("\"result\":\"40707\"", "\"code\":\"unknown-currency\"", "event: snapshot");
            } finally {
                java.destroyForcibly();
            }
        }
    }
}
