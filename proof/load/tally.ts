import { readRetryAfter } from "../../bridge/http/retry-after.ts";

/** What came of an attempt to send: an answer, or why there was none. */
export type Answer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly retryAfter: string | null;
      readonly text: string;
    }
  | { readonly kind: "none"; readonly why: string };
/** What an attempt counts as: everything stored, asked politely to come again, or something that must not be. */
export type AnswerClass = "stored" | "refused" | "error";

/** The answers so far. */
export type AnswerTally = {
  /** Judges an answer and counts it. */
  readonly add: (answer: Answer) => AnswerClass;
  readonly count: (judgement: AnswerClass) => number;
  /** How many there were of each kind, most frequent first. */
  readonly lines: () => string[];
  /** The first errors, as they came. */
  readonly examples: readonly string[];
};

const shownExamples = 5;
const shownCharacters = 300;

/** Whether a Retry-After says something: seconds, or a date. */
const saysWhen = (retryAfter: string | null): boolean =>
  retryAfter !== null &&
  readRetryAfter(new Headers({ "retry-after": retryAfter }), Date.now()) !== undefined;

/** At its limit a service may say 429 or 503, and then has to say when to come again; 207 has events that were refused. */
export const judgeAnswer = (answer: Answer): AnswerClass => {
  if (answer.kind === "none") return "error";
  if (answer.status === 200) return "stored";
  const isRefusal = answer.status === 429 || answer.status === 503;
  return isRefusal && saysWhen(answer.retryAfter) ? "refused" : "error";
};

const nameOf = (answer: Answer): string => {
  if (answer.kind === "none") return answer.why;
  if (answer.status === 200) return "200";
  return `${answer.status} ${answer.retryAfter === null ? "without" : "with"} Retry-After`;
};

const exampleOf = (answer: Answer): string =>
  answer.kind === "none"
    ? answer.why
    : `${nameOf(answer)}: ${answer.text.slice(0, shownCharacters)}`;

/** Starts counting. */
export const createTally = (): AnswerTally => {
  const judgements = new Map<AnswerClass, number>();
  const names = new Map<string, number>();
  const examples: string[] = [];
  const addOne = <Key>(counts: Map<Key, number>, key: Key): void =>
    void counts.set(key, (counts.get(key) ?? 0) + 1);
  return {
    add: (answer) => {
      const judgement = judgeAnswer(answer);
      addOne(judgements, judgement);
      addOne(names, nameOf(answer));
      if (judgement === "error" && examples.length < shownExamples) {
        examples.push(exampleOf(answer));
      }
      return judgement;
    },
    count: (judgement) => judgements.get(judgement) ?? 0,
    lines: () =>
      [...names].toSorted(([, a], [, b]) => b - a).map(([name, count]) => `${count} × ${name}`),
    examples,
  };
};
