import { CommandError } from "../../bridge/terminal/command-error.ts";
import { createRandom } from "../../samples/random.ts";
import { makeKey, putKeys } from "../stack/bridge-keys.ts";
import { createReader } from "../stack/end-state.ts";
import { readHistoryIds } from "../stack/read-history-ids.ts";
import { wrongHistory, wrongStatuses } from "./compare-stored.ts";
import { createLedger, type Ledger } from "./ledger.ts";
import { type MemorySample, rangeLine } from "./memory.ts";
import type { LimitFindings } from "./rows.ts";
import { sendAtLimit } from "./senders.ts";
import { startWatchedStack, type WatchedStack } from "./start-watched-stack.ts";
import { type AnswerTally, createTally } from "./tally.ts";
import { bridges, createTraffic } from "./traffic.ts";
import { watchMemory } from "./watch-memory.ts";

/** How long, with how many senders, on which stack. */
export type LimitOptions = {
  readonly seconds: number;
  readonly senders: number;
  /** Arguments of `npm start`. */
  readonly stackArguments: readonly string[];
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
};

const numbersOfServer = 2_500;
const patienceSeconds = 60;
const shown = 5;

const load = async (
  { description, look, ended }: WatchedStack,
  { tally, ledger }: { readonly tally: AnswerTally; readonly ledger: Ledger },
  { seconds, senders, say, signal }: LimitOptions,
): Promise<readonly MemorySample[]> => {
  const keys = bridges.map(({ name }) => makeKey(name));
  await putKeys(description, keys);
  const nextBatch = createTraffic({
    random: createRandom(1),
    now: () => Date.now() * 1000,
    numbers: numbersOfServer,
  });
  const { url } = description;
  const watch = watchMemory(look, {
    // Ten looks, at least, in each of the parts that are compared.
    everySeconds: Math.min(3, seconds / 50),
    onTenth: (sample) =>
      say(`${Math.round(sample.seconds)} s: ${ledger.ids.size} events, ${rangeLine([sample])}`),
  });
  const until = Date.now() + seconds * 1000;
  const untilEnd = AbortSignal.any([signal, ended]);
  await sendAtLimit(
    {
      url,
      bridges,
      keys: new Map(keys.map(({ name, key }) => [name, key])),
      atOnce: senders,
      nextBatch,
      tally,
      ledger,
    },
    { until, patientUntil: until + patienceSeconds * 1000, signal: untilEnd },
  );
  if (signal.aborted) return [];
  if (ended.aborted) throw new CommandError(`the local stack ended: ${tally.examples.join("; ")}`);
  // What came after the time was only to have an answer.
  return (await watch.end()).filter((sample) => sample.seconds <= seconds);
};

const compare = async (
  { description }: WatchedStack,
  ledger: Ledger,
  say: (line: string) => void,
) => {
  const numbers = [...ledger.newest.keys()].map((key) => key.split(" ")[1] ?? "");
  const registrations = await createReader(description).readRegistrations([...new Set(numbers)]);
  const statuses = wrongStatuses(ledger, registrations);
  const history = wrongHistory(ledger, await readHistoryIds(description));
  for (const line of [...statuses.slice(0, shown), ...history.slice(0, shown)]) say(line);
  return { wrongStatuses: statuses.length, wrongHistory: history.length };
};

/** Loads a stack of its own and looks what came of it; undefined where it was ended early. */
export const runAtLimit = async (options: LimitOptions): Promise<LimitFindings | undefined> => {
  const { seconds, stackArguments, say, signal } = options;
  const stack = await startWatchedStack(stackArguments);
  const [tally, ledger] = [createTally(), createLedger()];
  try {
    const samples = await load(stack, { tally, ledger }, options);
    if (signal.aborted) return undefined;
    for (const line of [...tally.lines(), ...tally.examples, rangeLine(samples)]) say(line);
    const wrong = await compare(stack, ledger, say);
    const survivors = await stack.stop();
    return { seconds, tally, events: ledger.ids.size, samples, ...wrong, survivors };
  } finally {
    await stack.stop();
    stack.removeDirectory();
  }
};
