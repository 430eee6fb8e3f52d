"""How commands speak: colours and a spinner on a terminal, plain lines in a pipe."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table

from loa.project.cli_errors import Trouble

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def note(sentence: str) -> None:
    """Say one thing that was done."""
    if out.is_terminal:
        out.print(sentence, markup=False)
    else:
        print(sentence, flush=True)


def report_trouble(trouble: Trouble) -> None:
    """Say why a command failed, in both languages, on standard error."""
    err.print(trouble.vietnamese, style="bold red", markup=False)
    err.print(trouble.english, markup=False)


@contextmanager
def progress(title: str) -> Iterator[Callable[[str], None]]:
    """Give a function that names the step under way: a spinner on a terminal, one line a step in a pipe."""
    if not out.is_terminal:
        yield lambda step: print(f"{title}: {step}", flush=True)
        return
    with out.status(title) as status:
        yield lambda step: status.update(f"{title}: {step}")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows: a table on a terminal, tabs between the cells in a pipe."""
    if not out.is_terminal:
        for row in rows:
            print("\t".join(row))
        return
    drawn = Table(*head)
    for row in rows:
        drawn.add_row(*row)
    out.print(drawn)
