import { checkServerName } from "./check-server-name.ts";
import { readApiAddresses } from "./http/api-address.ts";
import { type Format, formats } from "./reading/detect-format.ts";
import { descriptorOf } from "./reading/given-source.ts";
import { checkEncoding } from "./reading/text-encoding.ts";
import { parseArguments } from "./terminal/parse-arguments.ts";
import { UsageError } from "./terminal/usage-error.ts";

/** How the bridge is called, for people: `calledAs` is what they type before its options. */
export const bridgeUsage = (calledAs: string): string =>
  `${calledAs} FILE…

Sends registration events to the adapter; "-" reads them from standard input.
FILE, which may be a pipe or compressed with gzip, holds NDJSON (an event a
line), a JSON array, one event, CloudEvents, the log of a T-Server or of a
Platform SDK client, or envelopes:
{"serverName":…,"session":…,"registered":…,"closing":…,"events":[…]}

  --url URL           the API's address; otherwise the local stack (npm start).
                      Given again, an address to change over to when the one
                      in use fails. http:// is for this machine only
  --key-file FILE     holds the bridge key (whsec_…); or set BRIDGE_KEY
  --server-name NAME  the T-Server's name, for events that do not say theirs;
                      logs need it. Not for CloudEvents: their source names it
  --follow            keeps reading the (NDJSON) file as it grows, across
                      rotation and restarts. Sends a heartbeat for each T-Server
                      after 30 s of silence, with the session that the file gave
                      last; announces a planned stop at Ctrl-C. This shows that
                      the bridge is alive, not that the writer of the file is
                      connected. For that, the file must hold its sessions,
                      EventServerDisconnected, or heartbeats of its own (then
                      only those are sent). Where a file was removed before it
                      was read, says which time may be missing, and ends with
                      exit code 3
  --spool DIR         keeps what has no answer yet; otherwise a folder in .bridge
                      for the (first) address
  --rejects FILE      gets what was rejected, with the reason; otherwise
                      rejected.ndjson in the spool
  --format NAME       ${formats.join(", ")};
                      otherwise detected from the content
  --encoding NAME     how the text is encoded (windows-1251, shift_jis, …);
                      otherwise UTF-8, or UTF-16 where the content shows it
  --application NAME  the client whose events to take from a T-Server log
  --allow-remote      sends a log, which is about the past, to another address
                      than the local stack
  --dry-run           sends nothing and needs no adapter: shows the events that
                      would be sent, and of a log which DNs were lost when, and
                      why
  --verbose           ends the line of each outcome with the event's id; with
                      --dry-run, shows the events of a log too
  --json              writes one JSON object a line
  --version           says which version this is`;

const options = {
  url: { type: "string", multiple: true },
  "key-file": { type: "string" },
  "server-name": { type: "string" },
  follow: { type: "boolean", default: false },
  spool: { type: "string" },
  rejects: { type: "string" },
  format: { type: "string" },
  encoding: { type: "string" },
  application: { type: "string" },
  "allow-remote": { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  verbose: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
} as const;

const checkFormat = (name: string | undefined): Format | undefined => {
  const format = formats.find((one) => one === name);
  if (name === undefined || format !== undefined) return format;
  throw new UsageError(`--format: one of ${formats.join(", ")}`);
};

const followedFormat = (name: string | undefined): Format => {
  if (name === undefined || name === "ndjson") return "ndjson";
  throw new UsageError("--follow reads NDJSON");
};

const followedEncoding = (name: string | undefined): string | undefined => {
  if (name === undefined || checkEncoding(name) === "utf-8") return undefined;
  throw new UsageError("--follow reads UTF-8: leave --encoding out");
};

const checkFiles = (files: readonly string[], follow: boolean): readonly string[] => {
  if (files.length === 0) throw new UsageError("give at least one file");
  if (files.filter((file) => descriptorOf(file) === 0).length > 1)
    throw new UsageError("standard input (-) can be read once");
  if (follow && files.length > 1) throw new UsageError("--follow takes one file");
  if (follow && files.some((file) => descriptorOf(file) !== undefined))
    throw new UsageError("--follow takes one file, which grows: read a pipe without it");
  return files;
};

/** Reads the arguments. Throws UsageError for what does not fit together. */
export const readBridgeOptions = (args: readonly string[]) => {
  const { values, positionals } = parseArguments(args, options);
  const { follow } = values;
  return {
    files: checkFiles(positionals, follow),
    urls: readApiAddresses(values.url ?? []),
    keyFile: values["key-file"],
    serverName: checkServerName(values["server-name"]),
    follow,
    spool: values.spool,
    rejects: values.rejects,
    format: follow ? followedFormat(values.format) : checkFormat(values.format),
    encoding: follow ? followedEncoding(values.encoding) : checkEncoding(values.encoding),
    application: values.application,
    allowRemote: values["allow-remote"],
    dryRun: values["dry-run"],
    verbose: values.verbose,
    json: values.json,
  };
};

/** How the bridge was called. */
export type BridgeOptions = ReturnType<typeof readBridgeOptions>;
