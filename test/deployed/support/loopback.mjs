import dns from "node:dns";

const { lookup } = dns;

// A bucket or an API of the emulator has a name of its own in localhost. All of these are loopback (RFC 6761), but Node
// asks the system, which may know only localhost itself.
dns.lookup = (name, ...rest) =>
  lookup(/(?:^|\.)localhost$/.test(name) ? "127.0.0.1" : name, ...rest);
