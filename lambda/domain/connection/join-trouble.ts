import { type AlertRules, refreshMicros } from "../rules.ts";
import type { Connection } from "./connection.ts";
import type { ConnectionReport } from "./connection-report.ts";
import { addEvidence } from "./request-memory.ts";

type Blind = NonNullable<Connection["blind"]>;

type Trouble = Extract<ConnectionReport["health"], { detail: string }>;

// Without ids, it is from a time when one request was enough.
const proofsOf = ({ ids }: Blind, trouble: Trouble): Blind["ids"] =>
  trouble.kind === "clock" && ids !== undefined ? addEvidence(ids, trouble.id) : ids;

const begin = (trouble: Trouble, since: number): Blind => {
  const { kind: cause, detail } = trouble;
  return { cause, since, detail, ...(trouble.kind === "clock" && { ids: trouble.id }) };
};

const joinAgain = (before: Blind, trouble: Trouble, at: number, rules: AlertRules): Blind => {
  const { since, lastAt = since, cause } = before;
  if (cause !== trouble.kind) return { ...begin(trouble, since), lastAt: at };
  const ids = proofsOf(before, trouble);
  const isNew = ids !== before.ids || at - lastAt >= refreshMicros(rules);
  return isNew ? { ...before, ids, lastAt: at } : before;
};

/** Joins what a report says of a bridge that does not get through, or that it does. The same object: nothing is new. */
export const joinTrouble = (
  before: Blind | undefined,
  { health, at }: ConnectionReport,
  rules: AlertRules,
): Blind | undefined => {
  switch (health.kind) {
    case "sound":
      return undefined;
    case "heard":
      return before?.cause === "rejected" ? before : undefined;
    case "clock":
    case "rejected":
      return before === undefined ? begin(health, at) : joinAgain(before, health, at, rules);
  }
};
