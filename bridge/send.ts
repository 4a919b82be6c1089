import { parseArguments } from "../operations/parse-arguments.ts";
import { checkServerName } from "../operations/require-argument.ts";
import { type Command, runCommand } from "../operations/run-command.ts";
import { sleep } from "../operations/sleep.ts";
import type { Terminal } from "../operations/terminal.ts";
import { UsageError } from "../operations/usage-error.ts";
import { makeBatches } from "./batches.ts";
import { type BridgeSettings, readBridgeSettings } from "./bridge-settings.ts";
import { createDeliver } from "./deliver.ts";
import { createPost } from "./post.ts";
import { readSources } from "./read-source.ts";
import { sendBatches } from "./send-batches.ts";
import { isComplete, summary } from "./tally.ts";

const usage = `npm run bridge -- FILE…     sends registration events ("-" reads standard input)
  FILE holds NDJSON (an event a line), a JSON array, one event, or {"serverName":…,"events":[…]}

  --url URL            the API's address; otherwise the local stack (npm start)
  --key-file FILE      holds the bridge key (whsec_…); or set BRIDGE_KEY
  --server-name NAME   the T-Server's name, for events that do not say theirs`;

const options = {
  url: { type: "string" },
  "key-file": { type: "string" },
  "server-name": { type: "string" },
} as const;

const connect = ({ url, key }: BridgeSettings, terminal: Terminal) =>
  createDeliver({
    key,
    post: createPost(url),
    nowMs: Date.now,
    random: Math.random,
    sleep,
    onRetry: (why, delayMs) =>
      terminal.note(`${url}: ${why}, again in ${(delayMs / 1000).toFixed(1)} s (Ctrl-C ends)`),
  });

/** Sends what the files hold; 0 only when everything is stored. */
const send: Command = async ({ args, terminal, signal }) => {
  const { values, positionals } = parseArguments(args, options);
  if (positionals.length === 0) throw new UsageError("which file?");
  const serverName = checkServerName(values["server-name"]);
  const settings = await readBridgeSettings(values, process.env["BRIDGE_KEY"]);
  const { events, unreadable } = await readSources(positionals);
  for (const { where, why } of unreadable) terminal.note(`${where}: ${why}`);
  const deliver = connect(settings, terminal);
  const sent = await sendBatches(
    makeBatches(events, serverName),
    { deliver, terminal, ...(serverName !== undefined && { serverName }) },
    signal,
  );
  const tally = { ...sent, unreadable: unreadable.length };
  terminal.print(`${signal.aborted ? "ended early: " : ""}${summary(tally)}`);
  return isComplete(tally) ? 0 : 1;
};

if (import.meta.main) await runCommand(usage, send, { interruptible: true });
