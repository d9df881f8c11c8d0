"""A gRPC server whose messages are plain bytes, so that nothing has to be generated."""
import sys
import threading
from concurrent import futures

import grpc

PEERS = set()


def unary(request, context):
    context.set_trailing_metadata((("checksum", "kept"),))
    return request


def error(request, context):
    context.abort(grpc.StatusCode.NOT_FOUND, "nothing here")


def server_stream(request, context):
    for i in range(int(request)):
        yield str(i).encode()


def client_stream(requests, context):
    return str(sum(1 for _ in requests)).encode()


def both_stream(requests, context):
    for request in requests:
        yield request


def peer(request, context):
    PEERS.add(context.peer())
    return str(len(PEERS)).encode()


def health(request, context):
    """grpc.health.v1: field 1 of both messages."""
    service = request[2:].decode()
    if service not in ("", "shop", "closed"):
        context.abort(grpc.StatusCode.NOT_FOUND, "unknown service")
    return b"\x08" + (b"\x02" if service == "closed" else b"\x01")


class Handler(grpc.GenericRpcHandler):
    def service(self, call):
        return {
            "/test/unary": grpc.unary_unary_rpc_method_handler(unary),
            "/test/error": grpc.unary_unary_rpc_method_handler(error),
            "/test/server-stream": grpc.unary_stream_rpc_method_handler(server_stream),
            "/test/client-stream": grpc.stream_unary_rpc_method_handler(client_stream),
            "/test/both-stream": grpc.stream_stream_rpc_method_handler(both_stream),
            "/grpc.health.v1.Health/Check": grpc.unary_unary_rpc_method_handler(health),
            "/test/peer": grpc.unary_unary_rpc_method_handler(peer),
        }.get(call.method)


server = grpc.server(
    futures.ThreadPoolExecutor(max_workers=32),
    options=[("grpc.max_receive_message_length", -1), ("grpc.so_reuseport", 0)],
)
server.add_generic_rpc_handlers((Handler(),))
server.add_insecure_port("127.0.0.1:" + sys.argv[1])
server.start()
threading.Event().wait()
