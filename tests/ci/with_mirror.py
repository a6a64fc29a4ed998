"""Run a command while a folder is served on the loopback as a mirror of MNIST.

    python tests/ci/with_mirror.py FOLDER COMMAND [ARGUMENT ...]

The command finds the address in PIXELWALK_MNIST_MIRRORS; its exit status is ours.
"""

import functools
import http.server
import os
import subprocess
import sys
import threading


def run_with_mirror(folder, command):
    """Run a command beside a server of a folder's files, and give its exit status."""
    handler = functools.partial(
        http.server.SimpleHTTPRequestHandler, directory=str(folder)
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        mirror = f"http://127.0.0.1:{server.server_port}/"
        environment = os.environ | {"PIXELWALK_MNIST_MIRRORS": mirror}
        try:
            return subprocess.run(command, env=environment).returncode
        finally:
            server.shutdown()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("expected a folder with the MNIST files, and a command to run")
    sys.exit(run_with_mirror(sys.argv[1], sys.argv[2:]))
