"""A real mail server that keeps what it takes, and at a chosen letter does something dreadful."""

import re
import socket
from collections import Counter

from aiosmtpd.controller import Controller

MESSAGE_ID = re.compile(rb"^Message-ID:\s+(<[^>]+>)\r?$", re.MULTILINE | re.IGNORECASE)  # a long one stands on a line of its own


class Sink:
    """Letters by Message-ID, oldest first, a letter that came twice standing there twice.

    ``before`` and ``after``: {number: what to do} before the n-th letter is taken, or once it is, unanswered yet.
    """

    def __init__(self):
        self.port = _free_port()
        self.taken, self.before, self.after = [], {}, {}
        self.controller = None

    def up(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def down(self):
        if self.controller:
            self.controller.stop()
        self.controller = None

    def clear(self):
        self.taken, self.before, self.after = [], {}, {}

    def counts(self) -> Counter:
        return Counter(self.taken)

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  the name is aiosmtpd's
        if act := self.before.pop(len(self.taken) + 1, None):
            act(server)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.taken.append(MESSAGE_ID.search(envelope.content)[1].decode())
        if act := self.after.pop(len(self.taken), None):
            act(server)
        return "250 OK"


def hang_up(server):
    """As a mail server that falls over in the middle of a connection."""
    server.transport.abort()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
