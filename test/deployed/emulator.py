"""Serves MiniStack with IAM and TLS enforced, on a free port of loopback: emulator.py DIRECTORY

Writes its certificate to DIRECTORY/certificate.pem and prints "ready URL". Takes the account, the region and the
credentials from the environment, and gives the functions that it runs the rest.
"""

import asyncio
import datetime
import os
import socket
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

directory = sys.argv[1]
certificate_file = os.path.join(directory, "certificate.pem")
key_file = os.path.join(directory, "key.pem")


def write_certificate():
    """Of its own making, for two days, with the names under which clients reach APIs and buckets."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = ["localhost", "*.execute-api.localhost", "s3.localhost", "*.s3.localhost"]
    day = datetime.timedelta(days=1)
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - day)
        .not_valid_after(now + day)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    pkcs8 = serialization.PrivateFormat.PKCS8
    with open(certificate_file, "wb") as file:
        file.write(certificate.public_bytes(pem))
    with open(key_file, "wb") as file:
        file.write(key.private_bytes(pem, pkcs8, serialization.NoEncryption()))


write_certificate()
# Bound before MiniStack is loaded, which wants to know the port, and kept, so that no other program can take it.
server = socket.create_server(("127.0.0.1", 0))
port = server.getsockname()[1]
url = f"https://localhost:{port}"
os.environ.update(
    AUTH="true",
    AWS_CA_BUNDLE=certificate_file,
    AWS_ENDPOINT_URL=url,
    GATEWAY_PORT=str(port),
    IOT_MTLS_ENABLED="0",
    # What a new account has.
    # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
    LAMBDA_ACCOUNT_CONCURRENCY="10",
    LOG_LEVEL="WARNING",
    MINISTACK_ACCOUNT_ID=os.environ["AWS_ACCESS_KEY_ID"],
    MINISTACK_HOST="localhost",
    MINISTACK_REGION=os.environ["AWS_REGION"],
    MINISTACK_SSL_CERT=certificate_file,
    MINISTACK_SSL_KEY=key_file,
    NODE_EXTRA_CA_CERTS=certificate_file,
    SFTP_ENABLED="0",
    USE_SSL="1",
)

# Only now: they read the environment when they are loaded.
import corrections  # noqa: E402, F401
from hypercorn.asyncio import serve  # noqa: E402
from hypercorn.config import Config  # noqa: E402
from ministack.app import app  # noqa: E402

config = Config()
config.bind = [f"fd://{server.fileno()}"]
config.certfile = certificate_file
config.keyfile = key_file
print(f"ready {url}", flush=True)
asyncio.run(serve(app, config))
