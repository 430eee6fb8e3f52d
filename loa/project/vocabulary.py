"""Words every portal begins with: IPTC's topics and the provinces, from the data of their rooms."""

from loa.places.actions.load import load as load_places
from loa.topics.actions.load import load as load_topics

__all__ = ["load_places", "load_topics"]
