"""The network that a request comes from: for limits and turns, where nothing better is known."""

import re
from ipaddress import IPv6Address, ip_network

WITH_PORT = re.compile(r"^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$")


def visitor_of(forwarded: str, remote: str) -> str:
    """Return the network that the proxy in front added last to `X-Forwarded-For`, or else that of `remote`.

    >>> visitor_of("10.0.0.9, 203.0.113.7:4711", "127.0.0.1"), visitor_of("", "2001:db8::1%eth0")
    ('203.0.113.7', '2001:db8::/64')
    """
    ip = forwarded.rpartition(",")[2].strip() or remote
    # A zone names the interface, not the visitor; some proxies add the port, another for each connection.
    ip = WITH_PORT.sub(r"\1\2", ip.partition("%")[0])
    try:
        parsed = IPv6Address(ip)
    except ValueError:
        return ip
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network(f"{ip}/64", strict=False))  # one visitor has a whole /64
