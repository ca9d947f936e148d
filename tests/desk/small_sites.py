"""Many small sites on loopback, which answer by their names and never reach a network."""

import datetime
import socket
import ssl
import threading
from collections import defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic, sleep

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from careers.desk.services.asking import Asker

LOOPBACK = "127.0.0.1"


class Sites:
    """`answers` is {“host/path”: status or (status, headers) or a function of the handler}; the rest is 404."""

    def __init__(self):
        self.answers, self.asked, self.agents, self.more = {}, [], set(), []
        self.now_at, self.most_at, self.lock = defaultdict(int), defaultdict(int), threading.Lock()
        self.elsewhere, self.resolved = {}, []
        self.server = ThreadingHTTPServer((LOOPBACK, 0), self.handler())
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]

    def serve_tls(self, name, folder):
        """The same sites under TLS; returns the port. The certificate, for that name only, is kept in the folder."""
        server = ThreadingHTTPServer((LOOPBACK, 0), self.handler())
        server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate_for(name, folder))
        # Each hand is shaken in its own thread, or one who never ends it would hold up the others.
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        self.more.append(server)
        return server.server_address[1]

    def url(self, place):
        host, _, path = place.partition("/")
        return f"http://{host}:{self.port}/{path}"

    def methods(self, place):
        return [method for method, asked in self.asked if asked == place]

    def resolve(self, host, port):
        self.resolved.append(host)
        found = self.elsewhere.get(host, LOOPBACK)
        if callable(found):
            found = found()
        if isinstance(found, Exception):
            raise found
        return [found] if isinstance(found, str) else found

    def asker(self, **changes):
        values = {"resolve": self.resolve, "may_ask": lambda ip: ip == LOOPBACK, "pause": 0, "patience": 2}
        return Asker(**{**values, "longest": 3, **changes})

    def answer(self, handler):
        host = handler.headers["Host"].partition(":")[0]
        place = f"{host}{handler.path}"
        with self.lock:
            self.asked.append((handler.command, place))
            self.agents.add(handler.headers["User-Agent"])
            self.now_at[host] += 1
            self.now_at["all"] += 1
            for name in (host, "all"):
                self.most_at[name] = max(self.most_at[name], self.now_at[name])
        answer = self.answers.get(place, 404)
        try:
            if callable(answer):
                answer = answer(handler)
        finally:  # before the answer is sent: who has it may ask the next thing at once
            with self.lock:
                self.now_at[host] -= 1
                self.now_at["all"] -= 1
        if answer is not None:
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name, value)
            handler.end_headers()

    def handler(sites):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                sites.answer(self)

            do_HEAD = do_GET

            def log_message(self, *args):
                """Nothing is printed."""

        return Handler


@contextmanager
def small_sites():
    sites = Sites()
    thread = threading.Thread(target=sites.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield sites
    finally:
        for server in (sites.server, *sites.more):
            server.shutdown()
            server.server_close()
        thread.join()


def slow(handler):
    sleep(0.05)
    return 200


def drips(handler):
    """A letter now and then, so that no single wait is long."""
    begun = monotonic()
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    try:
        while monotonic() - begun < 10:
            handler.wfile.write(b"a")
            handler.wfile.flush()
            sleep(0.05)
    except OSError:
        return


def hangs_up(handler):
    handler.connection.shutdown(socket.SHUT_RDWR)


def no_such_host():
    return socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def certificate_for(name, folder):
    """(file of the certificate, file of its key), signed by itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    pem = serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, pem, serialization.NoEncryption()))
    return paths
