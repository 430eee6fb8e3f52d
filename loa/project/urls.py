"""Every address of the portal."""

from django.urls import URLPattern, URLResolver, include, path

from loa.accounts.views.signing import change_password
from loa.compose.rules import may_read_file
from loa.moderation.views.reports import report_one
from loa.project import health
from loa.project.metrics import metrics
from loa.ui.views import stylesheet

handler400, handler403 = "loa.project.errors.bad_request", "loa.project.errors.forbidden"
handler404, handler500 = "loa.project.errors.not_found", "loa.project.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics),
    path("styles/<path:path>", stylesheet, name="stylesheet"),
    path("", include("loa.pages.urls")),  # before the others: most of what is asked is there
    path("accounts/", include("loa.accounts.urls")),
    path(".well-known/change-password", change_password),
    path("", include("loa.newsletters.urls")),
    path("", include("loa.custody.urls")),
    path("", include("loa.imports.urls")),
    path("operator/", include("loa.desk.urls")),
    path("moderation/", include("loa.moderation.urls")),
    path("report/<str:public_id>", report_one, name="report"),
    path("", include("loa.media.urls"), {"may_read": may_read_file}),
    path("", include("loa.plans.urls")),
    path("", include("loa.billing.urls")),
    path("", include("loa.subscribers.urls")),
    path("", include("loa.inbox.urls")),
    path("", include("loa.privacy.urls")),
    path("", include("loa.stats.urls")),
    path("", include("loa.coverage.urls")),
    path("", include("loa.compose.urls")),
    path("", include("loa.feeds.urls")),
]
