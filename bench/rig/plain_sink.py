"""An SMTP server in a process of its own that takes everything as fast as it can, so that the sender is what is measured."""

import multiprocessing
import socketserver
from contextlib import contextmanager

HOST = "127.0.0.1"
ANSWERS = {b"EHLO": b"250-sink.example\r\n250 8BITMIME\r\n", b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}
SPAWN = multiprocessing.get_context("spawn")


class Talk(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self):
        self.wfile.write(b"220 sink.example\r\n")
        while word := self.rfile.readline()[:4].upper():
            self.wfile.write(ANSWERS.get(word, b"250 OK\r\n"))
            if word == b"QUIT":
                return
            if word == b"DATA":
                self._take()

    def _take(self):
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            self.server.volume.value += len(line)
        self.server.taken.value += 1
        self.wfile.write(b"250 Taken\r\n")


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


def serve(port, taken, volume):
    with Server((HOST, port.value), Talk) as server:
        server.taken, server.volume = taken, volume
        port.value = server.server_address[1]
        server.serve_forever()


@contextmanager
def running():
    """Yields (port, taken, volume): the last two count letters and bytes, as ``.value``."""
    port, taken, volume = (SPAWN.Value("q", 0, lock=False) for _n in range(3))
    process = SPAWN.Process(target=serve, args=(port, taken, volume), daemon=True)
    process.start()
    try:
        while not port.value:
            process.join(0.05)
        yield port.value, taken, volume
    finally:
        process.terminate()
        process.join(5)
