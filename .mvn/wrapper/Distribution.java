import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/** What ./mvnw cannot count on a machine's tools for: {@code download URL FILE} and {@code check FILE SHA512}. */
public final class Distribution {

    private Distribution() {}

    public static void main(String[] args) throws Exception {
        boolean done =
                switch (args[0]) {
                    case "download" -> download(URI.create(args[1]), Path.of(args[2]));
                    case "check" -> args[2].equalsIgnoreCase(sha512(Path.of(args[1])));
                    default -> throw new IllegalArgumentException(args[0] + ": unknown command; use download or check");
                };
        System.exit(done ? 0 : 1);
    }

    private static boolean download(URI from, Path to) throws InterruptedException {
        System.setProperty("java.net.useSystemProxies", "true");
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(HttpRequest.newBuilder(from).build(), HttpResponse.BodyHandlers.ofFile(to))
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static String sha512(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
