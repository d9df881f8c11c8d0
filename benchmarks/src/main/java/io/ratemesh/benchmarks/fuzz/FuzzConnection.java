package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.fuzz.FuzzResponseReader.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Connections of one sender, one after the other, each with some requests. Seed and number determine all bytes. */
final class FuzzConnection {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int MAX_PIPELINED = 24;
    private static final int MAX_OPEN_STREAMS = 20;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private final long seed;
    private final int port;
    private final FuzzCounts counts;
    private final Deque<Socket> streams = new ArrayDeque<>();

    FuzzConnection(long seed, int port, FuzzCounts counts) {
        this.seed = seed;
        this.port = port;
        this.counts = counts;
    }

    /** Runs the connection with a number to its end. */
    void run(long number) {
        SeededRandom random = new SeededRandom(seed, number);
        List<FuzzRequest> framed = framedRequests(random);
        Socket socket = new Socket();
        boolean keep = false;
        byte[] bytes = bytes(framed);
        try {
            // Most connections end with a reset, so that none remains in TIME_WAIT.
            socket.setSoLinger(random.chance(85), 0);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            switch (random.between(0, 9)) {
                case 0 -> sendMalformed(random, socket, number);
                case 1 -> abort(random, socket, bytes, framed.size());
                default -> keep = exchange(random, socket, framed, bytes, number);
            }
        } catch (SocketTimeoutException e) {
            counts.addFault("neither a response nor a close within " + TIMEOUT_MILLIS + " ms", number, bytes);
        } catch (IOException e) {
            addReset(framed.get(framed.size() - 1), String.valueOf(e), number, bytes);
        }
        if (!keep) {
            close(socket);
        }
    }

    /** Closes the streams that are still open. */
    void closeStreams() {
        streams.forEach(FuzzConnection::close);
        streams.clear();
    }

    private static List<FuzzRequest> framedRequests(SeededRandom random) {
        List<FuzzRequest> requests = new ArrayList<>();
        for (int i = random.between(0, MAX_PIPELINED); i > 0; i--) {
            requests.add(FramedRequests.persistent(random));
            if (requests.get(requests.size() - 1).last()) {
                return requests;
            }
        }
        switch (random.between(0, 9)) {
            case 0, 1, 2, 3, 4 -> requests.add(FramedRequests.batch(random));
            case 5 -> requests.add(FramedRequests.closing(random));
            case 6 -> requests.add(FramedRequests.stream(random));
            default -> requests.add(FramedRequests.persistent(random));
        }
        return requests;
    }

    /** Sends all requests at once or one by one; each must get a response. Returns whether the connection stays open. */
    private boolean exchange(SeededRandom random, Socket socket, List<FuzzRequest> requests, byte[] bytes, long number)
            throws IOException {
        FuzzResponseReader reader = new FuzzResponseReader(socket.getInputStream());
        boolean oneByOne = random.chance(30);
        if (!oneByOne) {
            send(random, socket, bytes);
            counts.addRequests(requests.size());
        }
        for (FuzzRequest request : requests) {
            if (oneByOne) {
                send(random, socket, request.bytes());
                counts.addRequests(1);
            }
            Optional<Response> response = read(reader, request, number);
            if (response.isEmpty()) {
                return false;
            }
            if (response.get().stream()) {
                return readEvents(random, socket, reader);
            }
            if (response.get().closing()) {
                return false;
            }
        }
        return false;
    }

    /** Reads the response to a request. Counts a fault or an allowed end of the connection if there is none. */
    private Optional<Response> read(FuzzResponseReader reader, FuzzRequest request, long number) {
        try {
            Optional<Response> read = reader.next(request.headMethod());
            if (read.isPresent()) {
                Response response = read.get();
                counts.addResponse(response.status(), response.body(), number, request.bytes());
            } else if (request.last()) {
                counts.addWithoutResponse();
            } else {
                counts.addFault("closed without a response", number, request.bytes());
            }
            return read;
        } catch (SocketTimeoutException e) {
            counts.addFault("no response within " + TIMEOUT_MILLIS + " ms", number, request.bytes());
        } catch (IOException e) {
            addReset(request, "no response but " + e, number, request.bytes());
        }
        return Optional.empty();
    }

    private void addReset(FuzzRequest request, String description, long number, byte[] bytes) {
        if (request.last()) {
            counts.addReset();
        } else {
            counts.addFault(description, number, bytes);
        }
    }

    /** Closes a stream at once or after an event or two, or keeps it open until there are too many. */
    private boolean readEvents(SeededRandom random, Socket socket, FuzzResponseReader reader) throws IOException {
        counts.addStream();
        for (int i = random.between(0, 2); i > 0; i--) {
            reader.skipEvent();
        }
        if (random.chance(50)) {
            return false;
        }
        streams.add(socket);
        if (streams.size() > MAX_OPEN_STREAMS) {
            close(streams.remove());
        }
        return true;
    }

    /** Sends malformed bytes and closes the sending direction: the server must close the connection. */
    private void sendMalformed(SeededRandom random, Socket socket, long number) {
        FuzzRequest request = MalformedRequests.any(random);
        counts.addRequests(1);
        try {
            send(random, socket, request.bytes());
            socket.shutdownOutput();
            String responses = FuzzResponseReader.rest(socket.getInputStream());
            Matcher status = STATUS.matcher(responses);
            boolean any = false;
            while (status.find()) {
                any = true;
                counts.addResponse(Integer.parseInt(status.group(1)), responses, number, request.bytes());
            }
            if (!any) {
                counts.addWithoutResponse();
            }
        } catch (SocketTimeoutException e) {
            counts.addFault("not closed within " + TIMEOUT_MILLIS + " ms", number, request.bytes());
        } catch (IOException e) {
            counts.addReset();
        }
    }

    /** Sends requests, perhaps an incomplete one, and closes without reading. */
    private void abort(SeededRandom random, Socket socket, byte[] bytes, int requests) throws IOException {
        byte[] sent = random.chance(50) ? bytes : MalformedRequests.incomplete(random);
        counts.addRequests(sent.length == bytes.length ? requests : 1);
        socket.getOutputStream().write(sent);
        counts.addWithoutResponse();
    }

    private static void send(SeededRandom random, Socket socket, byte[] bytes) throws IOException {
        if (!random.chance(10)) {
            socket.getOutputStream().write(bytes);
            return;
        }
        int sent = 0;
        while (sent < bytes.length) {
            int count = Math.min(bytes.length - sent, random.between(1, Math.max(1, bytes.length / 4)));
            socket.getOutputStream().write(bytes, sent, count);
            sent += count;
        }
    }

    private static byte[] bytes(List<FuzzRequest> requests) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        requests.forEach(request -> all.writeBytes(request.bytes()));
        return all.toByteArray();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // The connection has ended anyway.
        }
    }
}
