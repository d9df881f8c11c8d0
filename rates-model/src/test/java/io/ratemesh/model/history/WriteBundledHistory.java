package io.ratemesh.model.history;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the bundled history out of the ECB's file. After {@code ./mvnw -pl rates-model test-compile}:
 *
 * <pre>
 * cd rates-model
 * java -cp target/classes:target/test-classes io.ratemesh.model.history.WriteBundledHistory \
 *     src/main/resources/io/ratemesh/model/history/ecb-history.bin
 * </pre>
 */
final class WriteBundledHistory {

    private WriteBundledHistory() {}

    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), bytes());
    }

    static byte[] bytes() throws IOException {
        try (Reader csv = EcbFile.open()) {
            return HistoryCodec.encode(RateHistory.of(EcbHistoryCsvReader.read(csv)));
        }
    }
}
