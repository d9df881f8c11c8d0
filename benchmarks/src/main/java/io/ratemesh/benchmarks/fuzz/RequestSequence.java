package io.ratemesh.benchmarks.fuzz;

import io.ratemesh.benchmarks.fuzz.ResponseReader.Answer;
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

/** One connection after another, each with a handful of requests; the same for the same seed and number. */
final class RequestSequence {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_PIPELINED = 24;
    private static final int MOST_STREAMS_HELD = 20;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");

    private final long seed;
    private final int port;
    private final FuzzCounts tally;
    private final Deque<Socket> held = new ArrayDeque<>();

    RequestSequence(long seed, int port, FuzzCounts tally) {
        this.seed = seed;
        this.port = port;
        this.tally = tally;
    }

    /** Has the conversation with a number. */
    void hold(long number) {
        SeededRandom dice = new SeededRandom(seed, number);
        List<FuzzRequest> framed = framed(dice);
        Socket socket = new Socket();
        boolean keep = false;
        byte[] bytes = bytes(framed);
        try {
            // At the end of most of them a reset, which leaves no connection behind to wait for late packets.
            socket.setSoLinger(dice.chance(85), 0);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            keep = switch (dice.between(0, 9)) {
                case 0 -> broken(dice, socket, number);
                case 1 -> abort(dice, socket, bytes, framed.size());
                default -> exchange(dice, socket, framed, bytes, number);
            };
        } catch (SocketTimeoutException e) {
            tally.fault("neither answered nor closed within " + PATIENCE_MILLIS + " ms", number, bytes);
        } catch (IOException e) {
            if (framed.get(framed.size() - 1).last()) {
                tally.reset();
            } else {
                tally.fault(String.valueOf(e), number, bytes);
            }
        }
        if (!keep) {
            close(socket);
        }
    }

    /** Ends the streams that are still open. */
    void end() {
        held.forEach(RequestSequence::close);
        held.clear();
    }

    private static List<FuzzRequest> framed(SeededRandom dice) {
        List<FuzzRequest> requests = new ArrayList<>();
        for (int i = dice.between(0, MOST_PIPELINED); i > 0; i--) {
            requests.add(FramedRequests.staying(dice));
            if (requests.get(requests.size() - 1).last()) {
                return requests;
            }
        }
        switch (dice.between(0, 9)) {
            case 0, 1, 2, 3, 4 -> requests.add(FramedRequests.batch(dice));
            case 5 -> requests.add(FramedRequests.leaving(dice));
            case 6 -> requests.add(FramedRequests.stream(dice));
            default -> requests.add(FramedRequests.staying(dice));
        }
        return requests;
    }

    /** All are sent in one go, or a few bytes at a time, and each has to be answered. */
    private boolean exchange(SeededRandom dice, Socket socket, List<FuzzRequest> requests, byte[] bytes, long number)
            throws IOException {
        ResponseReader answers = new ResponseReader(socket.getInputStream());
        boolean oneByOne = dice.chance(30);
        if (!oneByOne) {
            send(dice, socket, bytes);
            tally.sent(requests.size());
        }
        for (FuzzRequest request : requests) {
            if (oneByOne) {
                send(dice, socket, request.bytes());
                tally.sent(1);
            }
            Optional<Answer> answer;
            try {
                answer = answers.next(request.head());
            } catch (SocketTimeoutException e) {
                tally.fault("not answered within " + PATIENCE_MILLIS + " ms", number, request.bytes());
                return false;
            } catch (IOException e) {
                if (request.last()) {
                    tally.reset();
                } else {
                    tally.fault("instead of an answer: " + e, number, request.bytes());
                }
                return false;
            }
            if (answer.isEmpty()) {
                if (request.last()) {
                    tally.silent();
                } else {
                    tally.fault("closed instead of answered", number, request.bytes());
                }
                return false;
            }
            Answer given = answer.get();
            tally.answered(given.status(), given.body(), number, request.bytes());
            if (given.stream()) {
                return follow(dice, socket, answers);
            }
            if (given.closing()) {
                return false;
            }
        }
        return false;
    }

    /** A stream is left at once, after an event or two, or kept open, mostly unread, until there are too many. */
    private boolean follow(SeededRandom dice, Socket socket, ResponseReader answers) throws IOException {
        tally.stream();
        for (int i = dice.between(0, 2); i > 0; i--) {
            answers.event();
        }
        if (dice.chance(50)) {
            return false;
        }
        held.add(socket);
        if (held.size() > MOST_STREAMS_HELD) {
            close(held.remove());
        }
        return true;
    }

    /** Something senseless, then the end of what we send: the server has to end too. */
    private boolean broken(SeededRandom dice, Socket socket, long number) throws IOException {
        FuzzRequest request = BrokenRequests.any(dice);
        tally.sent(1);
        try {
            send(dice, socket, request.bytes());
            socket.shutdownOutput();
            String rest = ResponseReader.rest(socket.getInputStream());
            Matcher status = STATUS.matcher(rest);
            boolean any = false;
            while (status.find()) {
                any = true;
                tally.answered(Integer.parseInt(status.group(1)), rest, number, request.bytes());
            }
            if (!any) {
                tally.silent();
            }
        } catch (SocketTimeoutException e) {
            tally.fault("not closed within " + PATIENCE_MILLIS + " ms of our end", number, request.bytes());
        } catch (IOException e) {
            tally.reset();
        }
        return false;
    }

    /** Leaves without reading, perhaps in the middle of a request. */
    private boolean abort(SeededRandom dice, Socket socket, byte[] bytes, int requests) throws IOException {
        byte[] sent = dice.chance(50) ? bytes : BrokenRequests.half(dice);
        tally.sent(sent.length == bytes.length ? requests : 1);
        socket.getOutputStream().write(sent);
        tally.silent();
        return false;
    }

    private static void send(SeededRandom dice, Socket socket, byte[] bytes) throws IOException {
        if (!dice.chance(10)) {
            socket.getOutputStream().write(bytes);
            return;
        }
        int sent = 0;
        while (sent < bytes.length) {
            int count = Math.min(bytes.length - sent, dice.between(1, Math.max(1, bytes.length / 4)));
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
            // Closed is closed.
        }
    }
}
