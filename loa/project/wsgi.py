"""The server's entry: Django behind the counter of hits and the one charset."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loa.project.settings")

django_application = get_wsgi_application()

from loa.edge.charset import Utf8Only  # noqa: E402
from loa.edge.hits import HitCounter  # noqa: E402 - rooms are ready only after Django is
from loa.stats.actions.count import count  # noqa: E402

application = HitCounter(Utf8Only(django_application), count)
