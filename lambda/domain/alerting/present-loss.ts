import { joinNames } from "../bounds.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import { boundApplications } from "./bound-loss.ts";
import { addToTrail, type LossRecord, trailOf } from "./loss.ts";
import type { LossFacts } from "./loss-facts.ts";
import type { LossSnapshot } from "./loss-snapshot.ts";

/** A snapshot of an ongoing loss, with its present facts. */
export type PresentLoss = LossSnapshot & { status: RegistrationStatus; facts: LossFacts };

// A loss that is over may return under its name, by a late event: then it begins afresh.
const knownOf = ({ loss }: PresentLoss) => (loss?.state === "over" ? undefined : loss);

/** When we learnt of an ongoing loss, by our clock in microseconds. */
export const learntAtOf = (present: PresentLoss): number =>
  knownOf(present)?.learntAt ?? present.status.changedAt;

/** A loss as text, with its evidence. */
export const describeFacts = ({ applications, severity, reason }: LossFacts): string =>
  `lost by ${joinNames(applications)} unexpectedly: ${reason.evidence} (${severity})`;

/** What is recorded of an ongoing loss; `words` are the step that its trail gains. */
export const toRecord = (
  present: PresentLoss,
  { words, now }: { words: string; now: number },
): LossRecord => {
  const { key, loss } = present;
  const { missedAt: _, ...facts } = present.facts;
  const learntAt = learntAtOf(present);
  const known = knownOf(present);
  const begun = addToTrail(trailOf(loss), learntAt, describeFacts(present.facts));
  return {
    ...key,
    ...facts,
    ...boundApplications(facts),
    revision: (loss?.revision ?? 0) + 1,
    learntAt,
    decidedAt: now,
    trail: addToTrail(known === undefined ? begun : trailOf(known), now, words),
  };
};
