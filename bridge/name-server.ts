import { factsOf } from "./describe-event.ts";
import { serverOf } from "./registration-of.ts";
import type { SourceEvent } from "./source-event.ts";

const namesAnother = (event: SourceEvent, serverName: string): boolean => {
  if (event.form === "heartbeat") return false;
  // What the adapter will not take may name a server all the same.
  const own = serverOf(event) ?? factsOf(event.text).server;
  return !["", "?", serverName].includes(own);
};

/**
 * An event with the server name that a person gave, for events that do not say theirs. A session is with one T-Server: an
 * event that names another must not bring its session to the one that the person named. A CloudEvent travels without an
 * envelope, so that the name would be shown, but not sent.
 */
export const nameServer = (event: SourceEvent, serverName: string | undefined): SourceEvent => {
  if (serverName === undefined || event.serverName !== undefined) return event;
  if (event.form === "cloudevents") return event;
  const saysMore = event.session ?? event.registered ?? event.closing;
  if (saysMore !== undefined && namesAnother(event, serverName)) return event;
  return { ...event, serverName };
};
