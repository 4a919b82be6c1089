import { UsageError } from "../terminal/usage-error.ts";
import { isThisMachine } from "./this-machine.ts";

/** The address of the events resource, from the API's base address or from the resource's own. */
export const eventsAddress = (url: string): string => {
  const base = url.replace(/\/+$/, "");
  return base.endsWith("/v1/events") ? base : `${base}/v1/events`;
};

/** One spelling for each address: as URL writes it, without a slash at its end. */
const spell = ({ origin, pathname }: URL): string => `${origin}${pathname}`.replace(/\/+$/, "");

/** The address in the spelling of `readApiAddresses`; what is no address stays as it is. */
export const sameSpelling = (text: string): string =>
  URL.canParse(text) ? spell(new URL(text)) : text;

/** What is wrong with an address to send to; undefined where nothing is. Credentials in it are not repeated. */
export const addressProblem = (text: string): string | undefined => {
  if (/[\s,]/.test(text)) return "give one address; for a second one, give --url again";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol))
    return "give the address with https:// (or http:// on this machine)";
  if (url.username !== "" || url.password !== "")
    return "give the address without user and password: the bridge key signs what is sent";
  if (/[?#]/.test(text)) return `give the address without ? and #: ${spell(url)}`;
  if (url.protocol === "http:" && !isThisMachine(url))
    return `http:// goes to this machine only (localhost, 127.0.0.1, [::1]): give https://${url.host}`;
  return undefined;
};

/** The addresses that were given, in one spelling and each once. Throws UsageError for one that nothing may be sent to. */
export const readApiAddresses = (given: readonly string[]): readonly string[] => {
  for (const text of given) {
    const problem = addressProblem(text);
    if (problem !== undefined) throw new UsageError(`--url: ${problem}`);
  }
  const byResource = new Map<string, string>();
  for (const url of given.map(sameSpelling)) {
    const resource = eventsAddress(url);
    if (!byResource.has(resource)) byResource.set(resource, url);
  }
  return [...byResource.values()];
};
