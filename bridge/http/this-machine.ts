import { BlockList, isIP } from "node:net";

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** The host of a URL without the brackets that an IPv6 address has there. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, "$1");

/**
 * Whether a URL leads to this machine for certain: a loopback address in any spelling (`127.1`, `2130706433`,
 * `[::ffff:127.0.0.1]`: URL has them all written out), or the name `localhost`. What another name leads to is up to
 * DNS, `localhost.` and `x.localhost` included.
 */
export const isThisMachine = (url: URL): boolean => {
  const host = hostOf(url);
  const version = isIP(host);
  if (version === 0) return host === "localhost";
  return loopback.check(host, version === 4 ? "ipv4" : "ipv6");
};
