import type { SourceItem } from "../source-event.ts";
import { CommandError } from "../terminal/command-error.ts";
import type { Source } from "./open-source.ts";

const clientsOf = (item: SourceItem): ReadonlySet<string> => {
  const isForOne = item.kind === "gap" || (item.kind === "event" && item.isForAllClients !== true);
  return new Set(isForOne ? item.clients : []);
};

/** Counts the registration events of T-Server logs for each client that the logs name. */
export const createLogClients = () => {
  const named = new Map<string, number>();
  return {
    named,
    /** Reads a whole log for its clients alone. */
    count: async (source: Source): Promise<void> => {
      for await (const { items } of source.read())
        for (const item of items)
          for (const client of clientsOf(item)) named.set(client, (named.get(client) ?? 0) + 1);
    },
  };
};

/** Counts events for each client. */
export type LogClients = ReturnType<typeof createLogClients>;

/**
 * The client whose events to take; undefined where the logs name none. Throws CommandError, with the list of the clients,
 * where there are several and none is chosen, or the chosen one is none of them.
 */
export const chooseClient = (
  { named }: { readonly named: ReadonlyMap<string, number> },
  application: string | undefined,
): string | undefined => {
  if (application === undefined && named.size <= 1) return [...named.keys()][0];
  if (named.size === 0)
    throw new CommandError("no log names a client of its events: omit --application");
  if (application !== undefined && named.has(application)) return application;
  const list = [...named].map(([client, count]) => `  ${client}  ${count} events`);
  const count = `${named.size} ${named.size === 1 ? "client" : "clients"}`;
  throw new CommandError(
    `the log holds the events of ${count}: give one with --application NAME\n${list.join("\n")}`,
  );
};
