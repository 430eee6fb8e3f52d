"""A willing SMTP server for measuring and for storms: it takes everything at once, and writes down what it took.

`python bench/sink.py FOLDER [MILLISECONDS]` listens on a free port of the loopback, writes the port into FOLDER/port,
and for every text it takes appends a line to FOLDER/taken before it answers 250: recipient, a tab, Message-ID. That
file is what happened, whatever the sender says of it. Recipients at `refused.example` are refused for good, at
`later.example` for now, and at `silent.example` never get an answer; at `dropped.example` the text is taken and the
connection broken instead of an answer, at `spam.example` the text is refused. MILLISECONDS is how long it thinks about
a text.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import cast

REPLIES = {b"MAIL": b"250 2.1.0 Ok\r\n", b"RSET": b"250 2.0.0 Ok\r\n", b"NOOP": b"250 2.0.0 Ok\r\n"}
GREETING = b"220 sink.example ESMTP\r\n"
OFFERS = b"250-sink.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n"


class Session(asyncio.Protocol):
    """One connection."""

    def __init__(self, taken: int, pause: float) -> None:
        self.taken, self.pause = taken, pause
        self.raw, self.recipient, self.in_text, self.is_silent, self.is_thinking = b"", b"", False, False, False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(GREETING)

    def data_received(self, data: bytes) -> None:
        self.raw = self.raw + data if self.raw else data
        self.go_on()

    def go_on(self) -> None:
        """Obey what has come, in its order."""
        answers = []
        while self.raw and not self.is_silent and not self.is_thinking:
            if self.in_text:
                end = self.raw.find(b"\r\n.\r\n")
                if end < 0:
                    break
                text, self.raw, self.in_text = self.raw[:end], self.raw[end + 5 :], False
                if self.recipient.endswith(b"@spam.example"):
                    answers.append(b"554 5.7.1 Not this\r\n")
                    continue
                is_dropped = self.recipient.endswith(b"@dropped.example")
                self.take(text)
                if is_dropped:
                    self.transport.abort()
                    return
                if self.pause:
                    self.is_thinking = True
                    asyncio.get_running_loop().call_later(self.pause, self.decide)
                else:
                    answers.append(b"250 2.0.0 Taken\r\n")
            else:
                line, found, rest = self.raw.partition(b"\r\n")
                if not found:
                    break
                self.raw = rest
                answers.append(self.obey(line))
        if answers:
            self.answer(b"".join(answers))

    def decide(self) -> None:
        self.is_thinking = False
        self.answer(b"250 2.0.0 Taken\r\n")
        self.go_on()

    def answer(self, reply: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(reply)

    def obey(self, line: bytes) -> bytes:
        word = line[:4].upper()
        if word == b"RCPT":
            self.recipient = line[line.find(b"<") + 1 : line.rfind(b">")]
            domain = self.recipient.rpartition(b"@")[2]
            if domain == b"silent.example":
                self.is_silent = True
                return b""
            if domain in {b"refused.example", b"later.example"}:
                self.recipient = b""
                return b"550 5.1.1 Nobody here\r\n" if domain == b"refused.example" else b"451 4.4.1 Later\r\n"
            return b"250 2.1.5 Ok\r\n"
        if word == b"DATA":
            self.in_text = bool(self.recipient)
            return b"354 Go\r\n" if self.recipient else b"503 5.5.1 Nobody to have it\r\n"
        if word == b"EHLO":
            return OFFERS
        if word == b"QUIT":
            self.transport.write(b"221 Bye\r\n")
            self.transport.close()
            return b""
        return REPLIES.get(word, b"500 5.5.2 What?\r\n")

    def take(self, text: bytes) -> None:
        start = text.find(b"\r\nMessage-ID: ") + 14
        os.write(self.taken, b"%b\t%b\n" % (self.recipient, text[start : text.find(b"\r\n", start)]))
        self.recipient = b""


async def serve(folder: Path, pause: float) -> None:
    taken = os.open(folder / "taken", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    server = await asyncio.get_running_loop().create_server(lambda: Session(taken, pause), "127.0.0.1", 0)
    half = folder / "port.new"
    half.write_text(str(server.sockets[0].getsockname()[1]))
    half.rename(folder / "port")
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), float(sys.argv[2]) / 1000 if len(sys.argv) > 2 else 0.0))
