const cut = "the connection was cut";
const unreachable = "there is no way to it from here: network, firewall?";
const noTls = "it does not speak TLS: check address and port";
const unknownAuthority =
  "this machine does not know who issued its certificate: set NODE_EXTRA_CA_CERTS to a file with that authority's certificate (PEM)";

/** What the codes of Node and OpenSSL mean, and what to do. */
const meanings: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: cut,
  EPIPE: cut,
  ETIMEDOUT: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENOTFOUND: "no such name: check the address, and DNS",
  EAI_AGAIN: "the name cannot be looked up: DNS does not answer",
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  CERT_HAS_EXPIRED: "its certificate has expired, or this machine's clock is ahead",
  CERT_NOT_YET_VALID: "its certificate is not valid yet: this machine's clock is behind",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name: check the address",
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
};

const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : "";

/** What the system says of a failed connection, and what that means. */
export const connectionProblem = (error: Error): string => {
  const code = codeOf(error);
  // Node has tried every address of the name, and says nothing of its own.
  const attempts = error instanceof AggregateError ? error.errors : [];
  const said =
    error.message ||
    attempts.map((each) => (each instanceof Error ? each.message : "")).join("; ") ||
    code;
  const meaning = meanings[code];
  return meaning === undefined ? said : `${said}: ${meaning}`;
};
