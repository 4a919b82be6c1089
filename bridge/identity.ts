import type { BridgeSettings } from "./bridge-settings.ts";
import { printable } from "./terminal/printable.ts";

/** As whom the bridge reports, in one line: said at the start, since a wrong name spoils the status of another bridge. */
export const identity = (settings: BridgeSettings, serverName: string | undefined): string => {
  const { destinations, isLocal, application } = settings;
  const to = destinations
    .map(({ url, proxy }) => (proxy === undefined ? url : `${url} (through ${proxy})`))
    .join(", else ");
  const who =
    application === undefined ? "the application that its key names" : `application ${application}`;
  const server =
    serverName === undefined ? "as each event names it" : `${serverName}, or as an event names it`;
  return printable(`to ${to}${isLocal ? " (the local stack)" : ""} as ${who}; T-Server: ${server}`);
};
