"""Mirrors of MNIST on the loopback, good and bad in every way."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def serving(folder):
    """Serve a folder with the official files; `asked` tells what was asked for."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Mirror)
    server.daemon_threads, server.folder, server.asked = True, folder, []
    server.ended = threading.Event()
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()


class _Mirror(BaseHTTPRequestHandler):
    """Serves the official files, well or badly by the first folder of the address."""

    def do_GET(self):
        _, way, name = self.path.split("/")
        self.server.asked.append((way, name))
        if way == "missing":
            self.send_error(404)
        elif way == "silent":
            self.server.ended.wait(60)
        else:
            getattr(self, way)((self.server.folder / name).read_bytes())

    def begin(self, body, **headers):
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def good(self, body):
        self.begin(body)
        self.wfile.write(body)

    def labelled(self, body):
        self.begin(body, Content_Encoding="gzip")
        self.wfile.write(body)

    def long(self, body):
        self.good(body + b"more")

    def wrong(self, body):
        self.good(body[:-1] + bytes([body[-1] ^ 1]))

    def cut(self, body):
        self.begin(body)
        self.wfile.write(body[: len(body) // 2])

    def slow(self, body):
        # Longer in all than a client waits for a piece, but each piece in time.
        self.begin(body)
        size = -(-len(body) // 12)
        for start in range(0, len(body), size):
            self.wfile.write(body[start : start + size])
            self.wfile.flush()
            self.server.ended.wait(0.25)

    def log_message(self, *_):
        pass
