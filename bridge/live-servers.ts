import { hearEvent } from "./hear-event.ts";
import { serverOf } from "./registration-of.ts";
import type { SourceEvent } from "./source-event.ts";
import type { FollowedServer, NamedServer } from "./spool/followed-servers.ts";

/** After so many milliseconds without a request about a T-Server the bridge says that it lives. */
export const heartbeatMs = 30_000;

/** What knowing of live servers begins with. */
export type LiveServersDependencies = {
  readonly known: readonly NamedServer[];
  /** The server that a person named: it is known from the start. */
  readonly serverName: string | undefined;
  readonly nowMs: () => number;
};

const untold: FollowedServer = { isClosed: false, isSpeaking: false, isWatched: false };

const isWithEnvelope = (event: SourceEvent, name: string): boolean =>
  event.form !== "cloudevents" && name === (event.serverName ?? name);

// An event of another server than its envelope's came over another connection: what the envelope says is not about it.
const asHeardBy = (event: SourceEvent, name: string): SourceEvent => {
  const { session: _, registered: __, closing: ___, ...bare } = event;
  return isWithEnvelope(event, name) ? event : { ...bare, form: "json" };
};

const namesIn = (event: SourceEvent): Set<string> => {
  const named = event.form === "heartbeat" ? (event.serverName ?? "") : event.serverName;
  const own = event.form === "heartbeat" ? undefined : serverOf(event);
  return new Set([own, named].filter((name) => name !== undefined));
};

/** The T-Servers of a followed file: for which of them the bridge sends heartbeats, and with which session. */
export const createLiveServers = ({ known, serverName, nowMs }: LiveServersDependencies) => {
  const servers = new Map(known);
  const spokeAt = new Map<string, number>();
  const beganAt = nowMs();
  const names = (): string[] => {
    const all = new Set([...servers.keys(), ...(serverName === undefined ? [] : [serverName])]);
    return all.size === 0 ? [""] : [...all];
  };
  const of = (name: string): FollowedServer => servers.get(name) ?? untold;
  const spoke = (name: string): void => void spokeAt.set(name, nowMs());

  const hear = (event: SourceEvent): string[] => {
    const heard = [...namesIn(event)];
    for (const name of heard) {
      servers.set(name, hearEvent(servers.get(name), asHeardBy(event, name)));
      spoke(name);
    }
    return heard;
  };
  return {
    of,
    /** Notes events that the adapter has taken; gives what is then known of their servers. */
    hear: (events: readonly SourceEvent[]): NamedServer[] =>
      [...new Set(events.flatMap(hear))].map((name) => [name, of(name)]),
    /** The servers about which nothing was sent for long, though their writer has not stopped and sends no heartbeats. */
    silent: (): string[] =>
      names().filter(
        (name) =>
          !of(name).isClosed &&
          !of(name).isSpeaking &&
          nowMs() - (spokeAt.get(name) ?? beganAt) >= heartbeatMs,
      ),
    /** Notes a heartbeat; gives what is new with it. */
    beat: (name: string): NamedServer[] => {
      spoke(name);
      if (of(name).isWatched) return [];
      servers.set(name, { ...of(name), isWatched: true });
      return [[name, of(name)]];
    },
    /** The servers whose silence would be an alert. */
    watched: (): string[] => names().filter((name) => of(name).isWatched && !of(name).isClosed),
  };
};

/** The T-Servers of a followed file. */
export type LiveServers = ReturnType<typeof createLiveServers>;
