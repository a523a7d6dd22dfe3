"""The tests' mail server with bad days: it refuses, is slow, hangs up in the middle, and knows which process hands over."""

import asyncio
import logging
from dataclasses import dataclass, field
from typing import Any

from tests.faults.sink import Sink, hang_up

logging.getLogger("mail.log").setLevel(logging.WARNING)  # a line for each command otherwise


@dataclass
class Session:
    """One SMTP connection of one worker's process, and the addresses whose letters it handed over, in order."""

    pid: int
    server: Any
    handed_over: list[str] = field(default_factory=list)

    @property
    def is_open(self):
        transport = self.server.transport
        return transport is not None and not transport.is_closing()


class MoodySink(Sink):
    """Counts letters by the address they go to. ``refusal``: the answer to every recipient. ``pause``: seconds before a
    letter is taken. ``hang_ups``: so many letters are read to their end and not taken, the connection being cut.

    ``after``: {number: what to do} once the n-th letter is taken, unanswered yet; called with the Session.
    """

    def __init__(self):
        super().__init__()
        self.sessions = []
        self.be_well()

    def be_well(self):
        self.refusal, self.pause, self.hang_ups = "", 0, 0

    def clear(self):
        super().clear()
        self.sessions = []
        self.be_well()

    def of_process(self, pid) -> list[Session]:
        return [one for one in self.sessions if one.pid == pid]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):  # noqa: N802  the name is aiosmtpd's
        session.host_name = hostname
        session.ours = Session(int(hostname.removeprefix("worker-").removesuffix(".example")), server)
        self.sessions.append(session.ours)
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refusal:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.pause:
            await asyncio.sleep(self.pause)
        if self.hang_ups:
            self.hang_ups -= 1
            hang_up(server)
            await asyncio.sleep(1)  # until the server has noticed, and ends this
        self.taken.append(envelope.rcpt_tos[0])
        session.ours.handed_over.append(envelope.rcpt_tos[0])
        if act := self.after.pop(len(self.taken), None):
            act(session.ours)
        return "250 OK"
