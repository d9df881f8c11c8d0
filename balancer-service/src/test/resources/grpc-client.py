"""Makes one kind of call to a gRPC server, and prints what it got."""
import queue
import sys

import grpc

OPTIONS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1), ("grpc.enable_http_proxy", 0)]
channel = grpc.insecure_channel(sys.argv[1], options=OPTIONS)
TIMEOUT = 30


def unary():
    response, call = channel.unary_unary("/test/unary").with_call(b"hello", timeout=TIMEOUT)
    trailers = dict(call.trailing_metadata())
    return f"{call.code().name} {response.decode()} trailer={trailers['checksum']}"


def error():
    try:
        channel.unary_unary("/test/error")(b"", timeout=TIMEOUT)
    except grpc.RpcError as e:
        return f"{e.code().name} {e.details()}"
    return "no error"


def server_stream():
    return "OK " + " ".join(m.decode() for m in channel.unary_stream("/test/server-stream")(b"5", timeout=TIMEOUT))


def client_stream():
    messages = (b"x" * 1000 for _ in range(1000))
    return "OK " + channel.stream_unary("/test/client-stream")(messages, timeout=TIMEOUT).decode() + " messages"


def both_stream():
    to_send = queue.Queue()
    responses = channel.stream_stream("/test/both-stream")(iter(to_send.get, None), timeout=TIMEOUT)
    received = []
    for message in (b"a", b"b", b"c"):
        to_send.put(message)
        received.append(next(responses).decode())
    to_send.put(None)
    return "OK " + " ".join(received)


def large():
    return "OK " + str(len(channel.unary_unary("/test/unary")(b"y" * 3000000, timeout=TIMEOUT)))


def many():
    call = channel.unary_unary("/test/peer")
    peers = [f.result() for f in [call.future(b"", timeout=TIMEOUT) for _ in range(200)]]
    return f"OK {len(peers)} peers={peers[-1].decode()}"


def sequence():
    """After each call, waits for a line, so that what the test does happens between two calls."""
    call = channel.unary_unary("/test/unary")
    failed = []
    for i in range(300):
        try:
            call(b"hello", timeout=TIMEOUT)
        except grpc.RpcError as e:
            failed.append(f"{i} {e.code().name} {e.details()}")
        print(i, flush=True)
        sys.stdin.readline()
    return f"OK 300 failed={failed}"


print(globals()[sys.argv[2].replace("-", "_")]())
