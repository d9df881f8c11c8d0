package io.ratemesh.balancer.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A CA and the certificates that it signs, made by openssl in a folder: {@code ca.pem}, {@code NAME.pem} and {@code NAME.key}. */
final class OpenSslFiles {

    private final Path folder;

    OpenSslFiles(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=ca -keyout ca.key -out"
                + " ca.pem");
    }

    /**
     * Signs a certificate.
     *
     * @param alternative names, such as {@code DNS:shop.internal,IP:127.0.0.1}
     */
    void sign(String name, String alternative) throws IOException, InterruptedException {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -CA ca.pem -CAkey ca.key -subj"
                + " /CN="
                + name
                + " -addext subjectAltName=" + alternative
                + " -addext basicConstraints=critical,CA:FALSE -keyout "
                + name + ".key -out " + name + ".pem");
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        List<String> command = List.of(("openssl " + arguments).split(" "));
        Process openssl = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(openssl.exitValue()).as(arguments).isZero();
    }
}
