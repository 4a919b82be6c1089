import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { defaultLimits } from "../../../bridge/batches.ts";
import type { Delivery } from "../../../bridge/deliver.ts";
import { createRejects } from "../../../bridge/rejects.ts";
import { createSendSpool } from "../../../bridge/send-spool.ts";
import type { SourceEvent } from "../../../bridge/source-event.ts";
import { openSpool, type Spool } from "../../../bridge/spool/spool.ts";
import { createWithSpace } from "../../../bridge/with-space.ts";

/** What becomes of a request with these events; an error is none of the ends that a delivery should have. */
export type Answer = (ids: readonly number[], isEnding: boolean) => Delivery | Error;

/** What comes into a spool, and what becomes of its requests. An event is known by its ReferenceID, which is at least 1. */
export type Scenario = {
  readonly requestsAtOnce: number;
  /** Events as they are read: the first piece is there at the beginning, one more comes at each step. */
  readonly pieces: readonly (readonly SourceEvent[])[];
  /** Which of the requests under way is answered at a step, over and over. */
  readonly picks: readonly number[];
  readonly answer: Answer;
  /** The step at which the person ends the run. */
  readonly endAt?: number;
};

/** A request as it began. */
export type SentRequest = {
  readonly ids: readonly number[];
  /** What was under way, request by request. */
  readonly beside: readonly (readonly number[])[];
  /** What was read and had no final answer, its own events among it. */
  readonly open: readonly number[];
};

type Underway = {
  readonly ids: readonly number[];
  readonly end: (ended: Delivery | Error) => void;
};

const idsIn = (text: string): number[] =>
  [...text.matchAll(/"ReferenceID":(\d+)/g)].map(([, id]) => Number(id));
const idOf = ({ text }: SourceEvent): number => idsIn(text)[0] ?? 0;

/** Each event is applied, by an outcome of its own. */
export const applyAll: Answer = (ids) => ({
  kind: "results",
  results: ids.map((id, index) => ({
    index,
    outcome: `applied ${id}`,
    problems: [],
    warnings: [],
  })),
});

const waitingIn = (spool: Spool): number[] => {
  const ids: number[] = [];
  for (let some = spool.first(defaultLimits); some.length > 0; ) {
    ids.push(...some.map(idOf));
    some = spool.first(defaultLimits, some.at(-1)?.seq);
  }
  return ids;
};

/** Answers one request at a time, when it is told to. */
const createAdapter = (answer: Answer, signal: AbortSignal) => {
  const underway: Underway[] = [];
  const requests: SentRequest[] = [];
  const open = new Set<number>();
  const deliver = (body: string): Promise<Delivery> => {
    const ids = idsIn(body);
    requests.push({ ids, beside: underway.map((one) => one.ids), open: [...open] });
    if (signal.aborted) return Promise.resolve({ kind: "stopped" });
    return new Promise((resolve, reject) => {
      const end = (ended: Delivery | Error): void =>
        ended instanceof Error ? reject(ended) : resolve(ended);
      underway.push({ ids, end });
    });
  };
  const answerOne = (pick: number): void => {
    const [one] = underway.splice(pick % Math.max(1, underway.length), 1);
    if (one === undefined) return;
    const ended = answer(one.ids, signal.aborted);
    const kind = ended instanceof Error ? "failed" : ended.kind;
    if (kind === "results" || (kind === "refused" && one.ids.length === 1))
      for (const id of one.ids) open.delete(id);
    one.end(ended);
  };
  return { requests, open, deliver, answerOne, isIdle: () => underway.length === 0 };
};

/** What the bridge says of events, each with its outcome. */
const createListener = () => {
  const told: (readonly [id: number, outcome: string])[] = [];
  const learned: (readonly [id: number, outcome: string])[] = [];
  return {
    told,
    learned,
    report: {
      outcome: (event: SourceEvent, { outcome }: { outcome: string }): void =>
        void told.push([idOf(event), outcome]),
      refused: (event: SourceEvent, why: string): void => void told.push([idOf(event), why]),
    },
    learn: (event: SourceEvent, outcome: string): void => void learned.push([idOf(event), outcome]),
  };
};

const createGenerationReader = (spool: Spool, open: Set<number>, scenario: Scenario) => {
  const pieces = [...scenario.pieces];
  return {
    isReading: () => pieces.length > 0,
    read: (): void => {
      const piece = pieces.shift();
      if (piece === undefined) return;
      spool.append(piece);
      for (const event of piece) open.add(idOf(event));
    },
  };
};

/** Plays a scenario with a real spool, which may hold something already, to its end. */
export const playScenario = async (folder: string, scenario: Scenario) => {
  const { requestsAtOnce, picks, endAt } = scenario;
  const ending = new AbortController();
  const spool = openSpool(folder);
  const { requests, open, deliver, answerOne, isIdle } = createAdapter(
    scenario.answer,
    ending.signal,
  );
  const { told, learned, ...listener } = createListener();
  for (const id of waitingIn(spool)) open.add(id);
  const { read, isReading } = createGenerationReader(spool, open, scenario);
  read();
  const send = createSendSpool({
    ...listener,
    spool,
    requestsAtOnce,
    isReading,
    deliver: ({ body }) => deliver(body),
    rejects: createRejects(join(folder, "rejected.ndjson"), () => new Date(0)),
    withSpace: createWithSpace({ sleep: () => setImmediate(), onFull: () => undefined }),
    count: () => undefined,
    hear: () => undefined,
    flush: () => setImmediate(),
    idle: () => setImmediate(),
  });
  let isOver = false;
  let hasLost = false;
  const sending = send(ending.signal)
    .then(
      () => undefined,
      (error: unknown) => error,
    )
    .finally(() => {
      isOver = true;
    });
  for (let step = 0; !isOver || !isIdle(); step += 1) {
    if (step === endAt) ending.abort();
    read();
    answerOne(picks[step % picks.length] ?? 0);
    // So long, the sender can take an answer as far as it will.
    for (let turn = 0; turn < 4; turn += 1) await setImmediate();
    hasLost ||= spool.size() < open.size;
  }
  const waiting = waitingIn(spool);
  spool.close();
  return { requests, told, learned, waiting, hasLost, error: await sending };
};
