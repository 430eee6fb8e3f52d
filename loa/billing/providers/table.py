"""The table of providers: adding one is a file beside this one and a line here."""

from loa.billing.providers.casso import CASSO
from loa.billing.providers.reading import Provider
from loa.billing.providers.sepay import SEPAY
from loa.billing.providers.signed import SIGNED

PROVIDERS: dict[str, Provider] = {one.name: one for one in (SIGNED, SEPAY, CASSO)}
