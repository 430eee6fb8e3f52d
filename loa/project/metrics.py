"""What watches the machine asks here: figures in Prometheus' text format, for whoever knows the token."""

from collections.abc import Iterator
from hmac import compare_digest

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from loa.desk import queries
from loa.lib import clock
from loa.portals.models import Portal


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, for a bearer token alike LOA_METRICS_TOKEN; anybody else finds nothing."""
    token = settings.LOA_METRICS_TOKEN
    told = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not compare_digest(told.encode(), token.encode()):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures())
    answer = HttpResponse(generate_latest(registry), CONTENT_TYPE_LATEST)
    answer["Cache-Control"] = "no-store"
    return answer


class Figures(Collector):
    """Gauges of the machine and of each portal, read when asked; no person and no text is in them."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Return every figure once; moments are seconds ago, room is bytes, money is in smallest units."""
        yield from _machine()
        yield from _portals()


def _machine() -> Iterator[GaugeMetricFamily]:
    now, found = clock.now(), queries.machine()
    yield _one("loa_worker_up", "Whether a worker gave a sign of life within 30 seconds", found.is_worker_there)
    yield _one("loa_search_up", "Whether the search index is there and whole", _is_whole(found))
    yield _one("loa_disk_free_bytes", "Free room where Loa writes", found.free)
    yield _one("loa_mail_failing_domains", "Domains that take no mail at present", found.failing_domains)
    if found.search_checked_at:
        ago = (now - found.search_checked_at).total_seconds()
        yield _one("loa_search_check_age_seconds", "Since the index was last as the record says", ago)
    if found.backup and found.backup.made_at:
        yield _one("loa_backup_age_seconds", "Since the last backup", (now - found.backup.made_at).total_seconds())
    waiting = GaugeMetricFamily("loa_wire_waiting", "Deliveries not yet made", labels=["outlet"])
    oldest = GaugeMetricFamily("loa_wire_lag_seconds", "Age of the oldest delivery not yet made", labels=["outlet"])
    for lag in found.lags:
        waiting.add_metric([lag.outlet], lag.waiting)
        oldest.add_metric([lag.outlet], (now - lag.since).total_seconds())
    mails = GaugeMetricFamily("loa_mail_waiting", "Mails by lane and where they stand", labels=["lane", "state"])
    for lane in found.lanes:
        for state in ("waiting", "in_hand", "deferred", "in_doubt"):
            mails.add_metric([lane.lane, state], getattr(lane, state))
    yield from (waiting, oldest, mails)


def _portals() -> Iterator[GaugeMetricFamily]:
    now = clock.now()
    queue = GaugeMetricFamily("loa_queue_waiting", "Releases that wait for a moderator", labels=["portal"])
    age = GaugeMetricFamily("loa_queue_age_seconds", "Since the first of them was submitted", labels=["portal"])
    reports = GaugeMetricFamily("loa_reports_open", "Readers' reports nobody has settled", labels=["portal"])
    entries = GaugeMetricFamily("loa_entries", "Entries on the record", labels=["portal", "state"])
    billed = GaugeMetricFamily("loa_billed_month", "Billed this month, smallest units", labels=["portal", "currency"])
    data = GaugeMetricFamily("loa_data_requests_open", "Requests about personal data not closed", labels=["portal"])
    late = GaugeMetricFamily("loa_data_requests_late", "Of these, those past a clock of the law", labels=["portal"])
    transfers = GaugeMetricFamily("loa_transfers_unmatched", "Bank transfers not matched", labels=["portal"])
    for portal in Portal.objects.order_by("slug"):
        found = queries.queue(portal)
        queue.add_metric([portal.slug], found.waiting)
        age.add_metric([portal.slug], (now - found.first_waiting).total_seconds() if found.first_waiting else 0)
        data.add_metric([portal.slug], found.data.waiting)
        late.add_metric([portal.slug], found.data.late)
        reports.add_metric([portal.slug], found.reports)
        transfers.add_metric([portal.slug], found.transfers)
        for state, count in queries.entries(portal).items():
            entries.add_metric([portal.slug, state], count)
        for currency, total in found.billed.items():
            billed.add_metric([portal.slug, currency], total)
    yield from (queue, age, data, late, reports, entries, billed, transfers)


def _one(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=float(value))


def _is_whole(found: queries.Machine) -> bool:
    return found.is_search_there and not found.is_search_damaged
