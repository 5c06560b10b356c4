"""A name server on this machine, by another library than the one that asks it."""

import socketserver
import threading
import time
from contextlib import contextmanager

from dnslib import QTYPE, RCODE, RR, DNSRecord
from dnslib.dns import AAAA, CNAME, TXT, A

KINDS = {"A": A, "AAAA": AAAA, "CNAME": CNAME, "TXT": TXT}


class Zone:
    """What the server answers; `failing` is a status, `silent` seconds before it says anything."""

    def __init__(self):
        self.records = {}
        self.failing, self.silent, self.asked = None, 0.0, []

    def set(self, name, kind, *values):
        self.records[name.lower(), kind] = values

    def drop(self, name, kind):
        self.records.pop((name.lower(), kind), None)

    def answer(self, packet):
        question = DNSRecord.parse(packet)
        name, kind = str(question.q.qname).rstrip(".").lower(), QTYPE[question.q.qtype]
        self.asked.append((name, kind))
        reply = question.reply()
        if self.failing:
            reply.header.rcode = getattr(RCODE, self.failing)
            return reply.pack()
        for value in self.records.get((name, kind), ()):
            reply.add_answer(
                RR(question.q.qname, question.q.qtype, rdata=KINDS[kind](value), ttl=5)
            )
        if not any(known == name for known, _kind in self.records):
            reply.header.rcode = RCODE.NXDOMAIN
        return reply.pack()


@contextmanager
def name_server():
    """The zone of a running server, and its `address:port`."""
    zone = Zone()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self):
            packet, link = self.request
            time.sleep(zone.silent)
            link.sendto(zone.answer(packet), self.client_address)

    with socketserver.ThreadingUDPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield zone, f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
