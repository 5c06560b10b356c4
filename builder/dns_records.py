"""What a domain's owner puts into DNS to show that it is theirs, and whether it is there.

Either of two records proves it: a TXT record with the claim's own token, or a CNAME record that
leads to the project's own label, which nobody but who rules the domain can set. An A record that
leads to the platform is no proof: its addresses are the same for everyone.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from builder import projects
from builder.models import SiteDomain

# Beside the host, not at it: a name with a CNAME has no other record (RFC 1034, section 3.6.2).
TXT_LABEL: Final = "_halfhour"
TXT_PREFIX: Final = "halfhour-verification="
# For both questions together, however many name servers are asked.
LIFETIME_SECONDS: Final = 4.0
_SHOWN: Final = 200

Failure = SiteDomain.Failure
Method = SiteDomain.Method


@dataclass(frozen=True)
class Record:
    """A record to set. The first that is set is enough; `proves` tells those that verify."""

    kind: str
    name: str
    value: str
    proves: bool = True


@dataclass(frozen=True)
class Finding:
    """What DNS says of a claim: how it is proved, or why it is not, and what was found instead."""

    method: str = ""
    failure: str = ""
    detail: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether the answer would be the same had the name servers been well."""
        return self.failure not in (Failure.TIMEOUT, Failure.SERVER_FAILED)


def records(domain: SiteDomain) -> list[Record]:
    """The records of a domain: the two that prove it, and those that bring visitors by address."""
    return [
        Record("TXT", f"{TXT_LABEL}.{domain.host}", f"{TXT_PREFIX}{domain.token}"),
        Record("CNAME", domain.host, target_of(domain)),
        *(
            Record("AAAA" if ":" in address else "A", domain.host, address, proves=False)
            for address in settings.SITES_ADDRESSES
        ),
    ]


def target_of(domain: SiteDomain) -> str:
    """The name that the domain's CNAME record leads to: the project's own."""
    return f"{projects.primary_label(project=domain.project)}.{settings.SITES_DOMAIN}"


def look_up(domain: SiteDomain) -> Finding:
    """Ask the domain's name servers; never raises, and takes `LIFETIME_SECONDS` at most."""
    txt = _ask(f"{TXT_LABEL}.{domain.host}", "TXT")
    if f"{TXT_PREFIX}{domain.token}" in txt.values:
        return Finding(method=Method.TXT)
    cname = _ask(domain.host, "CNAME")
    if target_of(domain) in cname.values:
        return Finding(method=Method.CNAME)
    if txt.values or cname.values:
        shown = ", ".join((*txt.values, *cname.values))[:_SHOWN]
        return Finding(failure=Failure.WRONG_RECORD, detail=shown)
    uncertain = {Failure.TIMEOUT, Failure.SERVER_FAILED}
    for answer in (txt, cname):
        if answer.failure in uncertain:
            return Finding(failure=answer.failure)
    return Finding(failure=cname.failure or Failure.NO_RECORD)


@dataclass(frozen=True)
class _Answer:
    values: tuple[str, ...] = ()
    failure: str = ""


def _ask(name: str, kind: str) -> _Answer:
    import dns.exception
    import dns.name
    import dns.resolver

    failure: str
    try:
        absolute = dns.name.from_text(f"{name}.")
        found = _resolver().resolve(absolute, kind, lifetime=LIFETIME_SECONDS / 2, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.YXDOMAIN):
        failure = Failure.NOT_FOUND
    except dns.resolver.NoAnswer:
        failure = Failure.NO_RECORD
    except dns.exception.Timeout:
        failure = Failure.TIMEOUT
    except (dns.exception.DNSException, OSError):
        failure = Failure.SERVER_FAILED
    else:
        return _Answer(tuple(_text(each) for each in found))
    return _Answer(failure=failure)


def _text(record: Any) -> str:
    """A TXT record's text, its strings joined (RFC 7208, section 3.3); a CNAME's target."""
    if hasattr(record, "strings"):
        return b"".join(record.strings).decode("utf-8", "replace")
    return str(record.target).rstrip(".").lower()


def _resolver() -> Any:
    import dns.resolver

    servers: list[str] = settings.DNS_SERVERS
    resolver = dns.resolver.Resolver(configure=not servers)
    if servers:
        resolver.nameservers = [_server(each) for each in servers]
    return resolver


def _server(text: str) -> Any:
    import dns.nameserver

    # An IPv6 address has colons of its own, and then no port.
    address, _colon, port = text.rpartition(":") if text.count(":") == 1 else (text, "", "")
    return dns.nameserver.Do53Nameserver(address, int(port or 53))
