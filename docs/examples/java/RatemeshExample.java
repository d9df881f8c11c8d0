import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/**
 * Ratemesh with nothing but the JDK: {@code java RatemeshExample.java [http://localhost:8080]}. Results are decimal
 * strings: read them as {@link java.math.BigDecimal}, with the JSON library of your choice.
 */
public final class RatemeshExample {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    RatemeshExample(String base) {
        this.base = base;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        RatemeshExample example = new RatemeshExample(arguments.length == 0 ? "http://localhost:8080" : arguments[0]);
        System.out.println(example.convert("USD", "JPY", "250.75"));
        System.out.println(example.batch());
        try (Stream<String> lines = example.stream("EUR/USD,USD/JPY")) {
            // Never ends by itself: here it is left after the first event.
            lines.takeWhile(line -> !line.startsWith("data:"))
                    .filter(line -> !line.isBlank())
                    .forEach(System.out::println);
        }
        System.exit(0);
    }

    /** One amount. */
    String convert(String from, String to, String amount) throws IOException, InterruptedException {
        return body(request("/api/v1/convert?from=" + from + "&to=" + to + "&amount=" + amount).build());
    }

    /** Many amounts, all from one book; what is wrong with one is told in its place. */
    String batch() throws IOException, InterruptedException {
        String conversions =
                """
                {"conversions":[
                  {"id":"a","from":"USD","to":"JPY","amount":"250.75"},
                  {"id":"b","from":"EUR","to":"ZZZ","amount":"1"}]}""";
        return body(request("/api/v1/convert")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(conversions))
                .build());
    }

    /** Server-sent events, line by line. Who comes back sends the last {@code id} as {@code Last-Event-ID}. */
    Stream<String> stream(String pairs) throws IOException, InterruptedException {
        HttpRequest request = request("/api/v1/stream?pairs=" + pairs)
                .header("Accept", "text/event-stream")
                .build();
        return client.send(request, BodyHandlers.ofLines()).body();
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(URI.create(base + target));
    }

    /** A problem is {@code application/problem+json}, with a stable {@code code}. */
    private String body(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
