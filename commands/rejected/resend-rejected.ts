import { randomUUID } from "node:crypto";
import { type EventAnswer, interpretAnswer } from "../../bridge/answer.ts";
import { describeEvent, factsOf } from "../../bridge/describe-event.ts";
import { problemLine } from "../../bridge/outcome-lines.ts";
import { explainNoAnswer, type Post } from "../../bridge/post.ts";
import { sign } from "../../bridge/sign.ts";
import { printable } from "../../bridge/terminal/printable.ts";
import { type BridgeKey, mayName } from "../../lambda/domain/access/bridge-key.ts";
import { type RejectedMessage, readRejected } from "./rejected-message.ts";

/** What sending an event again needs: the live keys, and the way to the API. */
export type Resend = {
  readonly keys: readonly BridgeKey[];
  readonly post: Post;
  /** For events that came without a server name. */
  readonly serverName: string | undefined;
  readonly nowMs: () => number;
};

/** What became of it. `gone`: its message has nothing left to say and is to be deleted. */
export type Resent = {
  readonly outcome: "accepted" | "rejected" | "kept";
  readonly why: string;
  readonly gone: boolean;
};

const keep = (why: string): Resent => ({ outcome: "kept", why: printable(why), gone: false });

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

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

// The event's own text, untouched: what was wrong with it, or right, stays so.
const wrap = ({ event, serverName }: RejectedMessage): string =>
  `{${serverName === undefined ? "" : `"serverName":${JSON.stringify(serverName)},`}"events":[${event}]}`;

const settle = (what: string, results: readonly EventAnswer[]): Resent => {
  const [result] = results;
  if (result?.outcome !== "rejected")
    return { outcome: "accepted", why: printable(`${what} ${result?.outcome}`), gone: true };
  const problems = result.problems.map(problemLine).join("; ");
  // Ingest has kept it again before it answered: this message would be its double.
  return {
    outcome: "rejected",
    why: printable(`${what} (back in the queue): ${problems}`),
    gone: true,
  };
};

/** Sends a rejected event again as its bridge would; never throws for an event that cannot be sent. */
export const resendRejected = async (
  body: string,
  { keys, post, serverName, nowMs }: Resend,
): Promise<Resent> => {
  const found = readRejected(body);
  const rejected = found && { ...found, serverName: found.serverName ?? serverName };
  if (rejected === undefined) return keep("this message cannot be read: drop it");
  const { event, truncated, application } = rejected;
  const what = describeEvent(event, rejected.serverName);
  if (truncated) return keep(`${what}: its text was too long to be kept whole: drop it`);
  if (!isJson(event)) return keep(`${what}: not JSON, which no retry mends: drop it`);
  const key = chooseKey(keys, rejected);
  if (key === undefined)
    return keep(
      `${what}: ${application} has no live key (npm run keys -- add --name ${application} --servers LIST)`,
    );
  const id = `msg_${randomUUID()}`;
  const message = { id, timestamp: Math.floor(nowMs() / 1000), body: wrap(rejected) };
  try {
    const verdict = interpretAnswer(await post(message.body, sign(key.key, message)), 1);
    if (verdict.kind === "results") return settle(what, verdict.results);
    return keep(`${what}: ${verdict.why}`);
  } catch (error) {
    return keep(`${what}: ${explainNoAnswer(error)}`);
  }
};
