import type { Reader } from "../stack/end-state.ts";
import { checkChanges, checkIds, checkSubscriber } from "./change-checks.ts";
import { type Check, toCheck } from "./check.ts";
import type { Evidence } from "./evidence.ts";
import { checkLosses } from "./loss-checks.ts";
import { checkHistory, checkState } from "./state-checks.ts";

/** The alarm that fires where something lies in a place that should be empty. */
export const alarmOf: Readonly<Record<string, string>> = {
  rejectedEvents: "rejected-events-waiting",
  failedChanges: "failed-changes-waiting",
  evaluationDeadLetters: "evaluation-dead-letters-waiting",
  failedStreamBatches: "failed-stream-batches",
};

// A message that failed five times under faults is no loss: the scheduled run decides about its loss, and an alarm fires.
const mayHold = ["evaluationDeadLetters"];

/** Looks where nothing should lie but what is expected; what is there is named with its alarm. */
export const checkLeftovers = async (
  { readLeftovers }: Pick<Reader, "readLeftovers">,
  { leftovers }: Pick<Evidence, "leftovers">,
): Promise<Check> => {
  const found = Object.entries(await readLeftovers());
  const toText = ([name, count]: [string, number]) => `${count} in ${name}: alarm ${alarmOf[name]}`;
  const wrong = found.filter(
    ([name, count]) => count !== (leftovers[name] ?? 0) && !mayHold.includes(name),
  );
  const left = found.filter(([, count]) => count > 0).map(toText);
  return toCheck(
    "dead letters are empty or alarmed",
    wrong.map(toText),
    left.join("; ") || "all empty",
  );
};

/** Looks whether everything is as it must be once it is quiet. */
export const runChecks = async (reader: Reader, evidence: Evidence): Promise<Check[]> => {
  const images = await reader.readImages();
  return [
    await checkState(reader, evidence),
    await checkHistory(reader, evidence),
    checkChanges(images, evidence),
    checkIds(evidence),
    checkSubscriber(evidence),
    ...(await checkLosses(reader, images, evidence)),
    await checkLeftovers(reader, evidence),
  ];
};
