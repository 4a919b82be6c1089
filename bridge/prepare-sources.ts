import type { BridgeOptions } from "./options.ts";
import { isLog } from "./reading/detect-format.ts";
import { distinctSources, nameOf } from "./reading/given-source.ts";
import { chooseClient, createLogClients, type LogClients } from "./reading/log-clients.ts";
import { openFile } from "./reading/open-file.ts";
import { readOnce } from "./reading/open-once.ts";
import { openSource, type Source } from "./reading/open-source.ts";
import type { GivenContent } from "./reading/source-content.ts";
import type { SourceItem } from "./source-event.ts";
import { CommandError } from "./terminal/command-error.ts";
import { UsageError } from "./terminal/usage-error.ts";

/** A source, and which of its events to take. */
export type PreparedSource = Source & {
  readonly client?: string;
  readonly isTaken: (item: SourceItem) => boolean;
  /** Whether what it brings cannot be read again. */
  readonly isReadOnce: boolean;
  readonly close: () => Promise<void>;
};

/** Opens a source when its turn has come. */
export type OpenPrepared = (signal: AbortSignal) => Promise<PreparedSource>;

/** What preparing needs to know. `isLocal`: the events go to the stack on this machine, or nowhere. */
export type Preparation = {
  readonly options: BridgeOptions;
  readonly isLocal: boolean;
  readonly note: (text: string) => void;
  readonly signal: AbortSignal;
};

/** A source that can be opened once it is known whose events to take. */
type PreparedFile = (client: string | undefined) => OpenPrepared;

// So few are held open that they leave room in the limit of any system.
const mostHeldOpen = 100;

// More than this, from a pipe, is no file that was emptied but a device that gives them without end.
const mostNulsOfPipes = 1024 ** 3;

const isOf =
  (client: string) =>
  (item: SourceItem): boolean => {
    if (item.kind === "unreadable") return true;
    const { clients = [] } = item;
    // What was not understood may be about any client, unless it says about which.
    return clients.includes(client) || (item.kind === "gap" && clients.length === 0);
  };

const take = (
  source: Source,
  client: string | undefined,
): Omit<PreparedSource, "isReadOnce" | "close"> =>
  client === undefined || source.format !== "t-server-log"
    ? { ...source, isTaken: () => true }
    : { ...source, client, isTaken: isOf(client) };

const checkLog = (
  { name, format }: Source,
  { options, isLocal }: Pick<Preparation, "options" | "isLocal">,
): void => {
  if (!isLog(format)) return;
  if (options.serverName === undefined)
    throw new UsageError(`${name} is a log, which does not say its T-Server: give --server-name`);
  if (!isLocal && !options.allowRemote)
    throw new CommandError(
      `${name} is a log of the past: old losses would page people now. The bridge sends it to the local stack (npm start), or elsewhere with --allow-remote`,
    );
};

/** A pipe is read once, and may have nothing to say for a long time: it is looked at when its turn has come. */
const prepareOnce = (file: string, preparation: Preparation): OpenPrepared => {
  const { options } = preparation;
  const name = nameOf(file);
  return async (signal) => {
    const bytes = readOnce(file, signal);
    const source = await openSource({ name, bytes, mostNuls: mostNulsOfPipes }, options);
    checkLog(source, preparation);
    if (source.format === "t-server-log" && options.application === undefined)
      throw new CommandError(
        "a T-Server log holds the events of all clients: choose one with --application NAME, or give the log as a file to list them",
      );
    const close = async (): Promise<void> => void (await bytes.return(undefined));
    return { ...take(source, options.application), isReadOnce: true, close };
  };
};

/** Looks into a file, which stays open until it is read: what rotation does to its name in between does not matter. */
const prepareFile = async (
  file: string,
  preparation: Preparation,
  clients: LogClients,
): Promise<PreparedFile> => {
  const { options, signal } = preparation;
  const opened = await openFile(file);
  const open = (given: GivenContent, until: AbortSignal): Promise<Source> =>
    openSource(
      { name: file, bytes: opened.read(until), mostNuls: Number.POSITIVE_INFINITY },
      given,
    );
  const source = await open(options, signal);
  checkLog(source, preparation);
  if (source.format === "t-server-log") await clients.count(source);
  if (options.files.length > mostHeldOpen) await opened.release();
  return (client) => async (until) => {
    const format = source.isEmpty ? options.format : source.format;
    const again = await open({ ...options, format }, until);
    return { ...take(again, client), isReadOnce: false, close: opened.release };
  };
};

/** Looks into every file, so that what is not safe to send is refused before anything is sent. */
export const prepareSources = async (preparation: Preparation): Promise<OpenPrepared[]> => {
  const { options, note } = preparation;
  const clients = createLogClients();
  const prepared: PreparedFile[] = [];
  let hasFile = false;
  for (const { file, kind } of await distinctSources(options.files, note)) {
    const once = prepareOnce(file, preparation);
    prepared.push(kind === "once" ? () => once : await prepareFile(file, preparation, clients));
    hasFile ||= kind === "file";
  }
  const client = hasFile ? chooseClient(clients, options.application) : undefined;
  return prepared.map((open) => open(client));
};
