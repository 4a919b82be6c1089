import { BlockList, isIP } from "node:net";
import { domainToASCII } from "node:url";
import { hostOf } from "./this-machine.ts";

const standardPort = "443";

const familyOf = (address: string) => (isIP(address) === 4 ? "ipv4" : "ipv6");

/** Whether an address is in a range such as 10.0.0.0/8, or is the one address that is given. */
const isInRange = (address: string, [network = "", prefix]: readonly string[]): boolean => {
  const range = new BlockList();
  const longest = isIP(network) === 4 ? 32 : 128;
  const length = prefix === undefined ? longest : Number(prefix);
  if (isIP(network) === 0 || !(length >= 0 && length <= longest) || prefix === "") return false;
  range.addSubnet(network, length, familyOf(network));
  return range.check(address, familyOf(address));
};

/** `[::1]:443`, `[::1]`, `::1`, `name:443` and `name`, as host and port. */
const split = (entry: string): readonly [host: string, port: string | undefined] => {
  const { host, port } = /^\[(?<host>.*)\](?::(?<port>\d+))?$/.exec(entry)?.groups ??
    /^(?<host>[^:]*):(?<port>\d+)$/.exec(entry)?.groups ?? { host: entry, port: undefined };
  return [host ?? "", port];
};

const matches = (entry: string, url: URL): boolean => {
  const [host, port] = split(entry);
  if (port !== undefined && port !== (url.port || standardPort)) return false;
  if (host === "*") return true;
  const target = hostOf(url).replace(/\.$/, "");
  if (isIP(target) !== 0) return isInRange(target, host.split("/"));
  // Whether a dot in front leaves the name itself out, programs disagree; curl takes it, too.
  const name = domainToASCII(host.replace(/^\*?\./, "").replace(/\.$/, ""));
  return name !== "" && (target === name || target.endsWith(`.${name}`));
};

/**
 * Whether `NO_PROXY` says that an address is reached without the proxy: `*`, a name (its subdomains too, with or without a
 * dot or `*.` in front), an IP address or a range in CIDR notation, each with or without a port; separated by commas or
 * spaces.
 */
export const isExcepted = (url: URL, noProxy: string): boolean =>
  noProxy
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(entry, url));
