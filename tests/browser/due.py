"""Whatever waits for its time is due in so many seconds: run beside a served portal, on its LOA_HOME.

`due.py SECONDS` prints that moment (ISO 8601).
"""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")
django.setup()

from loa.lib import clock  # noqa: E402
from loa.releases.models import Release, State  # noqa: E402


def bring(seconds: int) -> None:
    """The worker's clock looks every two seconds."""
    at = clock.now() + timedelta(seconds=seconds)
    Release.objects.filter(state=State.SCHEDULED).update(publish_at=at)
    print(at.isoformat())


if __name__ == "__main__":
    bring(int(sys.argv[1]))
