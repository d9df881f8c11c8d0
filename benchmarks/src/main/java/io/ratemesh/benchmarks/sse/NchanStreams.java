package io.ratemesh.benchmarks.sse;

import io.ratemesh.benchmarks.cluster.BookGenerator;
import io.ratemesh.benchmarks.contender.Nginx;
import io.ratemesh.benchmarks.process.FreePorts;
import io.ratemesh.benchmarks.process.ProcessUsage;
import io.ratemesh.benchmarks.process.RunFolder;
import io.ratemesh.benchmarks.process.ServerProcess;
import io.ratemesh.model.RateBook;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * The streams of nginx with nchan, which gets the finished data of each event by a POST, one for each selection of pairs. nchan numbers
 * events itself, so readers find the version in the data.
 */
final class NchanStreams implements StreamServer {

    private final Nginx nchan;
    private final ServerProcess server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private NchanStreams(Nginx nchan, ServerProcess server) {
        this.nchan = nchan;
        this.server = server;
    }

    /** Starts nginx with a first book. */
    static NchanStreams start(RunFolder folder, RateBook book) {
        Nginx nchan = Nginx.nchan();
        NchanStreams streams = new NchanStreams(nchan, nchan.start(folder.subfolder("nchan"), FreePorts.next()));
        try {
            streams.server.awaitReady("/health");
            streams.publish(book);
            return streams;
        } catch (RuntimeException e) {
            streams.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return nchan.name();
    }

    @Override
    public String description() {
        return nchan.description() + ", which gets the finished data of " + BookGenerator.SELECTIONS
                + " events by as many POSTs per update";
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public String target(int reader) {
        return "/stream/" + reader % BookGenerator.SELECTIONS;
    }

    @Override
    public String versionPrefix() {
        return "data: " + SelectionEvent.BEFORE_VERSION;
    }

    @Override
    public void publish(RateBook book) {
        List<CompletableFuture<HttpResponse<Void>>> responses = IntStream.range(0, BookGenerator.SELECTIONS)
                .mapToObj(selection -> post(selection, SelectionEvent.data(book, selection)))
                .toList();
        responses.forEach(response -> {
            int status = response.join().statusCode();
            if (status / 100 != 2) {
                throw new IllegalStateException("nchan responds " + status + " to an update");
            }
        });
    }

    private CompletableFuture<HttpResponse<Void>> post(int selection, String data) {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/publish/" + selection);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-EventSource-Event", "rates")
                .POST(BodyPublishers.ofString(data))
                .build();
        return client.sendAsync(request, BodyHandlers.discarding());
    }

    @Override
    public ProcessUsage usage() {
        return server.usage();
    }

    @Override
    public void close() {
        server.close();
    }
}
