import { setTimeout as wait } from "node:timers/promises";
import { type InterpretedAnswer, interpretAnswer } from "../../../bridge/answer.ts";
import { createPost } from "../../../bridge/post.ts";
import { sign } from "../../../bridge/sign.ts";
import { eventually } from "../../../commands/smoke/eventually.ts";
import { makeKey, type SigningKey } from "../../stack/bridge-keys.ts";
import { createReader } from "../../stack/end-state.ts";
import { type Check, toCheck } from "../check.ts";
import type { CaseStage, ChaosCase } from "./chaos-case.ts";

// The T-Servers of the load: the first has most of its DNs, and so storms of losses.
const [busy, quiet] = ["SIPTS750", "AVAYATS1"] as const;
const forgeries = 25;
const invented = 130;
// Of the hundred of a key, the links have taken two.
const namesLeft = 98;
const patienceSeconds = 60;

type Say = (key: SigningKey, body: object, events: number) => Promise<InterpretedAnswer>;

const createSay = (url: string): Say => {
  const post = createPost(url);
  return async (key, content, events) => {
    const body = JSON.stringify(content);
    const message = { id: `msg_${crypto.randomUUID()}`, body };
    const timestamp = Math.floor(Date.now() / 1000);
    return interpretAnswer(await post(body, sign(key.key, { ...message, timestamp })), events);
  };
};

const secondsFromNow = (minutes: number) => ({ sec: Math.floor(Date.now() / 1000) + minutes * 60 });
const linkDown = (server: string, minutes: number) => ({
  Event: "EventLinkDisconnected",
  ServerName: server,
  time: secondsFromNow(minutes),
});

// A key that was just put is known to the functions some seconds later.
const untilKnown = (say: Say, key: SigningKey, serverName: string): Promise<void> =>
  eventually(
    async () => {
      const { kind } = await say(key, { serverName, events: [] }, 0);
      if (kind === "unauthorized") throw new Error(`the key of ${key.name} is not known`);
    },
    { forMs: patienceSeconds * 1000, everyMs: 1000 },
  );

const forge = async (say: Say, key: SigningKey, stage: CaseStage): Promise<Check> => {
  const dns = [...new Set(stage.events.map(({ thisDN }) => thisDN))].slice(0, forgeries - 1);
  const losses = dns.map((ThisDN) => ({
    Event: "EventUnregistered",
    ServerName: busy,
    ThisDN,
    time: secondsFromNow(1),
  }));
  const answer = await say(key, [...losses, linkDown(busy, 0)], losses.length + 1);
  const results = answer.kind === "results" ? answer.results : [];
  const codes = results.map(({ problems }) => problems[0]?.code ?? "taken");
  const wrong = codes.filter((code) => code !== "server-not-allowed");
  return toCheck(
    "a key says nothing about other T-Servers",
    codes.length === forgeries ? wrong : ["no result for each event"],
    `${codes.length} events rejected`,
  );
};

const invent = async (say: Say, key: SigningKey): Promise<Check> => {
  const kinds: string[] = [];
  for (let index = 0; index < invented; index += 1) {
    kinds.push((await say(key, { serverName: `INVENTED-${index}`, events: [] }, 0)).kind);
  }
  const taken = kinds.filter((kind) => kind === "results").length;
  const refused = kinds.filter((kind) => kind === "refused").length;
  const isBound = taken === namesLeft && taken + refused === invented;
  return toCheck(
    "invented names have a bound",
    isBound ? [] : [`${taken} taken, ${refused} refused`],
    `${taken} of ${invented} taken`,
  );
};

const createCountHeld = ({ lives }: CaseStage) => {
  const reader = createReader(lives.current().description);
  return async (server: string): Promise<number> => {
    const losses = await reader.readLosses();
    return losses.filter(
      ({ state, heldBy, lossKey }) =>
        state === "held" && heldBy === "server" && lossKey.startsWith(`${server}#`),
    ).length;
  };
};

const secondsUntil = async (isSo: () => Promise<boolean>): Promise<number | undefined> => {
  const since = Date.now();
  while (Date.now() - since < patienceSeconds * 1000) {
    if (await isSo()) return Math.round((Date.now() - since) / 1000);
    await wait(500);
  }
  return undefined;
};

/**
 * Keys in the wrong hands. One may name another T-Server only; the other may name all: it says that a link is down now,
 * that another one will be down in an hour, and invents T-Servers, until it is revoked.
 */
export const hostileKey: ChaosCase = {
  name: "hostile-key",
  expected:
    "the first says nothing about the bridges' T-Servers; what the second said holds alerts back for 60 s after its revocation at most, and nothing before its time",
  mood: "calm",
  leftovers: { rejectedEvents: forgeries },
  play: async (stage) => {
    const { lives, deliveries, send } = stage;
    const say = createSay(lives.url);
    const countHeld = createCountHeld(stage);
    const bridges = Object.values(lives.keys);
    const foreign = { ...makeKey("foreign"), servers: ["OTHER"] };
    const stolen = { ...makeKey("stolen"), servers: ["*"] };
    await lives.current().putKeys([...bridges, foreign, stolen]);
    await untilKnown(say, foreign, "OTHER");
    await untilKnown(say, stolen, quiet);
    await say(stolen, [linkDown(quiet, 0), linkDown(busy, 59)], 2);
    const checks = [await forge(say, foreign, stage), await invent(say, stolen)];
    await send(deliveries);
    const held = await secondsUntil(async () => (await countHeld(quiet)) > 0);
    const heldEarly = await countHeld(busy);
    await lives.current().putKeys(bridges);
    const seconds = await secondsUntil(async () => (await countHeld(quiet)) === 0);
    return [
      ...checks,
      toCheck(
        "a link that is said to be down holds losses",
        held === undefined ? ["none"] : [],
        quiet,
      ),
      toCheck(
        "a link that will be down holds nothing yet",
        heldEarly === 0 ? [] : [`${heldEarly} losses of ${busy}`],
        "0 losses",
      ),
      toCheck(
        "what a revoked key said holds nothing",
        seconds === undefined ? [`losses of ${quiet} after ${patienceSeconds} s`] : [],
        `after ${seconds} s`,
      ),
    ];
  },
};
