"""Public sites, found by host.

A portal is data: its names, hosts, address, language, time zone, accent colour, static pages, about block and pinned
story.
"""
