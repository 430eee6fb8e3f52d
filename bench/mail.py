"""How fast a newsletter leaves: name | ours | reference | ratio | budget | ok/short, one line a round.

A mailing to RECIPIENTS is expanded, leased, sent and settled by one sender, to a sink of its own process on the
loopback, in a database of its own (with LOA_TEST_DATABASE=postgres on a throw-away PostgreSQL). The reference pushes
as many mails of the same bytes to the same sink over as many connections, with no rows at all. The two take turns in
one run; on a busy machine believe the processor's time a mail, which is this process's alone (not the sink's).
"""

import asyncio
import os
import statistics
import time
from pathlib import Path

from own_portal import portal_of_its_own

RECIPIENTS = int(os.environ.get("LOA_BENCH_RECIPIENTS", "20000"))
ROUNDS = int(os.environ.get("LOA_BENCH_ROUNDS", "3"))
BUDGET = 2500  # mails a second
DISTINCT = 500  # rendered mails the reference goes through again and again
STORY = """
Hợp tác xã Sao Mai thu hoạch vụ lúa hữu cơ đầu tiên trên cánh đồng Đồng Tháp, năng suất năm tấn mỗi héc-ta; toàn bộ
sản lượng đã có đơn vị bao tiêu, giá cao hơn lúa thường ba nghìn đồng mỗi ki-lô-gam.
"""


def main() -> None:
    """Set up, measure, clean up."""
    with portal_of_its_own(takes_mail=True) as (home, _port):
        measure(int((home / "port").read_text()), home)


def measure(port: int, home: Path) -> None:
    """Print a line a round, and the middle of them."""
    from django.conf import settings

    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2].replace("fair_", "")
    figures = []
    for number in range(ROUNDS):
        theirs = bare(port, settings.LOA_MAIL_CONNECTIONS)
        ours = end_to_end(f"{number}", home)
        figures.append((ours, theirs))
        say(f"mails a second, {RECIPIENTS} on {engine}, round {number + 1}", ours, theirs)
    say("the middle", statistics.median(f[0] for f in figures), statistics.median(f[1] for f in figures))
    say("the best", max(f[0] for f in figures), max(f[1] for f in figures))


def say(name: str, ours: float, theirs: float) -> None:
    """Print one line."""
    verdict = "ok" if ours >= BUDGET else "short"
    print(f"{name} | {ours:,.0f} | {theirs:,.0f} bare | {ours / theirs:.2f} | ≥ {BUDGET:,} | {verdict}", flush=True)


def mailing(key: str) -> object:
    """A newsletter of a dozen stories, some 12 kB as it is sent, with what RFC 8058 asks for."""
    from loa.mail.actions.open_mailing import open_mailing

    story = STORY.strip()
    stories = "".join(f"<h2>Tin số {n}</h2><p>{story}</p>" for n in range(12))
    html = f"<html><body><p>Chào {{{{name}}}}</p>{stories}<p><a href='{{{{leave}}}}'>Rời bản tin</a></p></body></html>"
    text = "Chào {{name}}\n\n" + f"{story}\n\n" * 12 + "{{leave}}\n"
    headers = {
        "List-Id": "<newsletter.vidu.vn>", "List-Unsubscribe": "<https://tin.vidu.vn/u/{{token}}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click", "Precedence": "bulk",
    }  # fmt: skip
    return open_mailing(key=key, lane="news", subject="Tin sáng cho {{name}}", text=text, html=html, headers=headers)


def readers(count: int) -> object:
    """Their words and addresses."""
    from loa.mail.actions.address import To

    for number in range(count):
        token = f"{number:032x}"
        slots = {"name": f"Nguyễn Văn {number}", "leave": f"https://tin.vidu.vn/u/{token}", "token": token}
        yield To(f"s{number}", f"doc{number}@nha{number % 40}.vn", slots, cancel_key=f"subscriber:{number}")


def end_to_end(key: str, home: Path) -> float:
    """Mails a second from opening the mailing to a finished, exact report that the sink agrees with."""
    from loa.mail import queries
    from loa.mail.actions.address import address
    from loa.mail.actions.deliver import deliver_due
    from loa.mail.actions.seal import seal
    from loa.mail.actions.sweep import sweep

    before = taken(home)
    began, worked = time.perf_counter(), time.process_time()
    made = mailing(key)
    address(made, readers(RECIPIENTS))
    seal(made)
    expanded = time.perf_counter()
    sent = deliver_due()
    sweep()
    took = time.perf_counter() - began
    made.refresh_from_db()
    report = queries.report(made)
    assert made.finished_at is not None
    assert report.is_exact
    assert sent == report.sent == report.expected == RECIPIENTS == taken(home) - before, (sent, report)
    busy = (time.process_time() - worked) / RECIPIENTS * 1e6
    print(f"  expansion {RECIPIENTS / (expanded - began):,.0f}/s, sending {sent / (began + took - expanded):,.0f}/s;"
          f" {busy:,.0f} µs of the processor a mail")  # fmt: skip
    return RECIPIENTS / took


def taken(home: Path) -> int:
    """How many texts the sink took."""
    return (home / "taken").read_bytes().count(b"\n")


def bare(port: int, connections: int) -> float:
    """Mails a second when nothing is written down."""
    from loa.mail import splice

    made = splice.compile_mailing(mailing("bare"))
    texts = []
    for to in readers(DISTINCT):
        text = made.fill({**to.slots, "to": to.email, "message_id": to.key})
        texts.append((to.email, text.replace(b"\r\n.", b"\r\n..") + b".\r\n"))
    counter = iter(range(RECIPIENTS))

    async def push() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await reader.readline()
        writer.write(b"EHLO bench\r\n")
        while (await reader.readline())[3:4] == b"-":
            pass
        for number in counter:
            email, text = texts[number % DISTINCT]
            writer.write(f"MAIL FROM:<tin@vidu.vn>\r\nRCPT TO:<{email}>\r\nDATA\r\n".encode())
            for _ in range(3):
                await reader.readline()
            writer.write(text)
            assert (await reader.readline()).startswith(b"250")
        writer.close()

    async def all_of_it() -> None:
        await asyncio.gather(*(push() for _ in range(connections)))

    began, worked = time.perf_counter(), time.process_time()
    asyncio.run(all_of_it())
    took = time.perf_counter() - began
    print(f"  bare: {(time.process_time() - worked) / RECIPIENTS * 1e6:,.0f} µs of the processor a mail")
    return RECIPIENTS / took


if __name__ == "__main__":
    main()
