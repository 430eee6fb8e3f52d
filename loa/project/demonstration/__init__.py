"""The demonstration portal: GlobalVN with invented organizations and their releases.

`content/` holds what is said, as JSON: portal.json (sections, about block, static pages),
organizations.json, and releases-*.json. Every organization, person, address and figure is invented,
except in the oldest release, which retells a reported conference and names its source.
"""
