package io.ratemesh.model.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The ECB's whole history as it was published on 2026-04-13. Source: European Central Bank. */
final class EcbFile {

    private static final String NAME = "ecb-eurofxref-hist-2026-04-13.csv.gz";

    private EcbFile() {}

    static BufferedReader open() throws IOException {
        InputStream gzip = Objects.requireNonNull(EcbFile.class.getResourceAsStream(NAME), NAME);
        Reader text = new InputStreamReader(new GZIPInputStream(gzip), UTF_8);
        return new BufferedReader(text);
    }
}
