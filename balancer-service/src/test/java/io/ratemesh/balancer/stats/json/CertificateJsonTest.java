package io.ratemesh.balancer.stats.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.ratemesh.balancer.listener.TestCertificate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateJsonTest {

    @Test
    void a_certificate_has_its_names_and_its_end(@TempDir Path folder) throws Exception {
        TestCertificate site = new TestCertificate(folder, "site");

        JsonObject json = CertificateJson.of("front-door-tls", Path.of("site.pem"), site.certificate);

        assertThat(json.getString("use")).isEqualTo("front-door-tls");
        assertThat(json.getString("file")).isEqualTo("site.pem");
        assertThat(json.getString("subject")).isEqualTo("CN=site");
        assertThat(json.getJsonArray("names"))
                .isEqualTo(new JsonArray().add("127.0.0.1").add("localhost"));
        assertThat(json.getString("notAfter"))
                .isEqualTo(site.certificate.getNotAfter().toInstant().toString());
    }
}
