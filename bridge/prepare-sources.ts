import type { BridgeOptions } from "./options.ts";
import { type Format, isLog } from "./reading/detect-format.ts";
import { chooseClient, createLogClients } from "./reading/log-clients.ts";
import { openSource, type Source } from "./reading/open-source.ts";
import type { SourceItem } from "./source-event.ts";
import { CommandError } from "./terminal/command-error.ts";
import { UsageError } from "./terminal/usage-error.ts";

/** A source, and which of its events to take. */
export type PreparedSource = Source & {
  readonly client?: string;
  readonly isTaken: (item: SourceItem) => boolean;
};

/** Opens a source when its turn has come. */
export type OpenPrepared = () => Promise<PreparedSource>;

const isOf =
  (client: string) =>
  (item: SourceItem): boolean => {
    if (item.kind === "unreadable") return true;
    const { clients = [] } = item;
    // What was not understood may be about any client, unless it says about which.
    return clients.includes(client) || (item.kind === "gap" && clients.length === 0);
  };

const take = (source: Source, client: string | undefined): PreparedSource =>
  client === undefined || source.format !== "t-server-log"
    ? { ...source, isTaken: () => true }
    : { ...source, client, isTaken: isOf(client) };

const checkLog = ({ name, format }: Source, options: BridgeOptions, isLocal: boolean): void => {
  if (!isLog(format)) return;
  if (options.serverName === undefined)
    throw new UsageError(`${name} is a log, which does not say its T-Server: give --server-name`);
  if (!isLocal && !options.allowRemote)
    throw new CommandError(
      `${name} is a log of the past: old losses would page people now. The bridge sends it to the local stack (npm start), or elsewhere with --allow-remote`,
    );
};

/** Standard input is read once, and may have nothing to say for a long time: it is looked at when its turn has come. */
const prepareStdin = (options: BridgeOptions, isLocal: boolean): OpenPrepared => {
  return async () => {
    const source = await openSource("-", options.format);
    checkLog(source, options, isLocal);
    if (source.format === "t-server-log" && options.application === undefined)
      throw new CommandError(
        "a T-Server log holds the events of all clients: choose one with --application NAME, or give the log as a file to list them",
      );
    return take(source, options.application);
  };
};

/** Looks into every file, so that what is not safe to send is refused before anything is sent. */
export const prepareSources = async (
  options: BridgeOptions,
  isLocal: boolean,
): Promise<OpenPrepared[]> => {
  const clients = createLogClients();
  const known: { file: string; format?: Format }[] = [];
  for (const file of options.files) {
    if (file === "-") {
      known.push({ file });
      continue;
    }
    const source = await openSource(file, options.format);
    checkLog(source, options, isLocal);
    if (source.format === "t-server-log") await clients.count(source);
    await source.close();
    known.push({ file, format: source.format });
  }
  const hasFile = known.some(({ format }) => format !== undefined);
  const client = hasFile ? chooseClient(clients, options.application) : undefined;
  return known.map(({ file, format }) =>
    format === undefined
      ? prepareStdin(options, isLocal)
      : async () => take(await openSource(file, format), client),
  );
};
