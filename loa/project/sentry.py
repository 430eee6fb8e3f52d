"""Faults told to a Sentry server, if `LOA_SENTRY_DSN` names one: where they happened, and nothing of whom.

No addresses, headers, cookies, forms, users, queries or values of variables leave; a request is its method and route.
"""

from typing import Any

import sentry_sdk

from loa.project.logs import scrubbed

_KEPT = ("method",)


def begin(address: str, version: str) -> None:
    """Tell faults from now on; nothing is told where no address is set."""
    if address:
        sentry_sdk.init(
            dsn=address, release=version, before_send=cleaned, send_default_pii=False, include_local_variables=False,
            max_request_body_size="never", max_breadcrumbs=0, auto_session_tracking=False, send_client_reports=False,
        )  # fmt: skip


def cleaned(event: Any, _hint: Any) -> Any:
    """What is left of an event (develop.sentry.dev/sdk/data-model/event-payloads)."""
    for name in ("user", "breadcrumbs", "extra", "modules", "server_name"):
        event.pop(name, None)
    if "request" in event:
        event["request"] = {name: event["request"][name] for name in _KEPT if name in event["request"]}
    for one in event.get("exception", {}).get("values", ()):
        one["value"] = scrubbed(str(one.get("value", "")))
    if "logentry" in event:  # the message with its values in it; they were taken out where the log was written
        event["logentry"] = {"message": scrubbed(str(event["logentry"].get("message", "")))}
    return event
