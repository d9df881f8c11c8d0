package io.ratemesh.balancer.listener.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.listener.OpenSsl;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNamesTest {

    private static List<X509Certificate> certificates = List.of();

    @BeforeAll
    static void make(@TempDir Path folder) throws Exception {
        OpenSsl openSsl = new OpenSsl(folder);
        certificates = List.of(
                read(openSsl.certificate("site", "ed25519", "DNS:Site.example,DNS:*.site.example")),
                read(openSsl.certificate("shop", "ed25519", "DNS:shop.site.example,IP:192.0.2.7")),
                read(openSsl.certificate("again", "ed25519", "DNS:shop.site.example,DNS:*.a.b.example")),
                read(openSsl.certificate("unnamed.example", "ed25519", "")));
    }

    @ParameterizedTest
    @CsvSource({
        "site.example, '0'",
        "SITE.EXAMPLE, '0'",
        "www.site.example, '0'",
        "shop.site.example, '1,2'",
        "a.www.site.example, ''",
        "x.a.b.example, '2'",
        "a.b.example, ''",
        "192.0.2.7, ''",
        "unnamed.example, ''",
        "example, ''",
        "'*.site.example', '0'",
        "other.example, ''",
    })
    void an_exact_name_precedes_a_wildcard_of_one_label_and_a_common_name_does_not_count(String name, String indexes) {
        List<String> expected = indexes.isEmpty() ? List.of() : List.of(indexes.split(","));

        assertThat(ServerNames.of(certificates).certificates(name))
                .extracting(String::valueOf)
                .isEqualTo(expected);
    }

    @Test
    void names_of_a_certificate_are_those_of_DNS_in_lower_case() {
        assertThat(ServerNames.in(certificates.get(0))).containsExactly("site.example", "*.site.example");
        assertThat(ServerNames.in(certificates.get(1))).containsExactly("shop.site.example");
        assertThat(ServerNames.in(certificates.get(3))).isEmpty();
    }

    private static X509Certificate read(OpenSsl.Pair pair) throws Exception {
        try (InputStream in = Files.newInputStream(pair.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }
}
