"""A small mail server on loopback: enough SMTP for the standard library's client."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

STOPPED = b"\r\n.\r\n"


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@dataclass
class Mailbox:
    """What arrived. `refusing` answers every message with that line instead of taking it."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    signed_in: list[bytes] = field(default_factory=list)
    refusing: bytes | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A server that runs until the block ends."""
    box = Mailbox()

    class Session(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say(b"220 ready")
            for line in self.rfile:
                if not self._answer(line.strip()):
                    return

        def _say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

        def _answer(self, line: bytes) -> bool:
            verb = line.upper()[:4]
            if verb == b"EHLO":
                self._say(b"250-here\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN")
            elif verb == b"AUTH":
                box.signed_in.append(line)
                self._say(b"235 welcome")
            elif verb == b"DATA":
                self._take()
            else:
                self._say(b"221 bye" if verb == b"QUIT" else b"250 fine")
            return verb != b"QUIT"

        def _take(self) -> None:
            self._say(b"354 go on")
            body = b""
            while not body.endswith(STOPPED):
                body += self.rfile.readline()
            if box.refusing is not None:
                self._say(box.refusing)
                return
            parsed = message_from_bytes(body[: -len(STOPPED)], policy=policy.default)
            assert isinstance(parsed, EmailMessage)
            box.messages.append(parsed)
            self._say(b"250 taken")

    with _Server(("127.0.0.1", 0), Session) as server:
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield box
        server.shutdown()
        thread.join()
