import { randomUUID } from "node:crypto";
import { type EventAnswer, interpretAnswer } from "../../bridge/answer.ts";
import { describeEvent, factsOf } from "../../bridge/describe-event.ts";
import { problemLine } from "../../bridge/outcome-lines.ts";
import { explainNoAnswer, type Post } from "../../bridge/post.ts";
import { sign } from "../../bridge/sign.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { type BridgeKey, mayName } from "../../lambda/domain/access/bridge-key.ts";
import { parseJson } from "../../lambda/domain/request/parse-json.ts";
import { type Mend, mendEvent } from "./mend-event.ts";
import { type OpenedEvent, openRejected } from "./open-rejected.ts";
import { type RejectedMessage, readRejected } from "./rejected-message.ts";

/** What an event is sent again with: the live keys, and what a person changes in it. */
export type ResendPreparation = {
  readonly keys: readonly BridgeKey[];
  /** For events that came without a server name. */
  readonly serverName: string | undefined;
  readonly mends: readonly Mend[];
};

/** What sending an event again needs beside it: the way to the API. */
export type Resend = ResendPreparation & {
  readonly post: Post;
  readonly nowMs: () => number;
};

/** What became of it. `gone`: its message has nothing left to say and is to be deleted. */
export type Resent = {
  readonly outcome: "accepted" | "rejected" | "kept";
  readonly why: string;
  readonly gone: boolean;
};

/** A request that is ready to be signed and sent. `what`: the event in one line. `changed`: a person changed something. */
export type ReadyEvent = {
  readonly what: string;
  readonly body: string;
  readonly key: BridgeKey;
  readonly changed: boolean;
};

/** A request, or why there is none. */
export type Prepared = ReadyEvent | { readonly why: string };

/**
 * The key that the event came with, else the newest of the same bridge: an event keeps its application. Where some of
 * the bridge's keys may name the event's T-Server, one of those.
 */
export const chooseKey = (
  keys: readonly BridgeKey[],
  {
    keyId,
    application,
    event,
    serverName,
  }: Pick<RejectedMessage, "keyId" | "application" | "event" | "serverName">,
): BridgeKey | undefined => {
  const own = keys.filter(({ name }) => name === application);
  const { server } = factsOf(event, serverName);
  const able = own.filter((key) => mayName(key, server));
  const some = able.length > 0 && server !== "?" ? able : own;
  return some.find(({ id }) => id === keyId) ?? some.at(-1);
};

// The event's own text, but for what a person changed: what was wrong with it, or right, stays so.
const wrap = ({ event, serverName }: OpenedEvent): string =>
  `{${serverName === undefined ? "" : `"serverName":${JSON.stringify(serverName)},`}"events":[${event}]}`;

/** The request that sends a rejected event again as its bridge would, with what a person changes in it. */
export const prepareRejected = (
  message: string,
  { keys, serverName, mends }: ResendPreparation,
): Prepared => {
  const rejected = readRejected(message);
  if (rejected === undefined) return { why: "this message cannot be read: drop it" };
  const { event, truncated, application } = rejected;
  const came = openRejected({ event, serverName: rejected.serverName ?? serverName });
  const before = describeEvent(came.event, came.serverName);
  if (truncated) return { why: `${before}: its text was too long to be kept whole: drop it` };
  if (parseJson(event) === undefined)
    return { why: `${before}: not JSON, which no retry mends: drop it` };
  const mended = mendEvent(came.event, mends);
  if (mended === undefined)
    return { why: `${before}: not a JSON object, so nothing can be set in it: drop it` };
  const sent = { ...came, event: mended };
  const what = describeEvent(sent.event, sent.serverName);
  const key = chooseKey(keys, { ...rejected, ...sent });
  const named = rejected.serverName === undefined && serverName !== undefined;
  if (key !== undefined) return { what, body: wrap(sent), key, changed: named || mends.length > 0 };
  return {
    why: `${what}: ${application} has no live key (npm run keys -- add --name ${application} --servers LIST)`,
  };
};

const keep = (why: string): Resent => ({ outcome: "kept", why: printable(why), gone: false });

// What was changed may be wrong: then only the message as it came has what was there before.
const whereItIs = (changed: boolean): string =>
  changed ? "stays in the queue as it was, and is there as it was sent, too" : "back in the queue";

const settle = ({ what, changed }: ReadyEvent, results: readonly EventAnswer[]): Resent => {
  const [result] = results;
  if (result?.outcome !== "rejected")
    return { outcome: "accepted", why: printable(`${what} ${result?.outcome}`), gone: true };
  const problems = result.problems.map(problemLine).join("; ");
  // Ingest has kept it again before it answered: unless it was changed, this message would be its double.
  return {
    outcome: "rejected",
    why: printable(`${what} (${whereItIs(changed)}): ${problems}`),
    gone: !changed,
  };
};

/** Sends a rejected event again; never throws for an event that cannot be sent. */
export const resendRejected = async (message: string, resend: Resend): Promise<Resent> => {
  const prepared = prepareRejected(message, resend);
  if ("why" in prepared) return keep(prepared.why);
  const { what, body, key } = prepared;
  const id = `msg_${randomUUID()}`;
  const signed = { id, timestamp: Math.floor(resend.nowMs() / 1000), body };
  try {
    const verdict = interpretAnswer(await resend.post(body, sign(key.key, signed)), 1);
    if (verdict.kind === "results") return settle(prepared, verdict.results);
    return keep(`${what}: ${verdict.why}`);
  } catch (error) {
    return keep(`${what}: ${explainNoAnswer(error)}`);
  }
};
