import type { RegistrationStatus } from "../status/registration-status.ts";
import { addToTrail } from "./add-to-trail.ts";
import { isMissing, type Loss } from "./loss.ts";
import type { LossFacts } from "./loss-facts.ts";
import type { LossSnapshot } from "./loss-snapshot.ts";

/** A look at a loss that lasts. */
export type Present = LossSnapshot & { status: RegistrationStatus; facts: LossFacts };

// A loss that is over may come again under its name: by a late event.
const known = ({ loss }: LossSnapshot): Loss | undefined =>
  loss !== undefined && (loss.state === "held" || isMissing(loss)) ? loss : undefined;

/** When a loss that lasts was learnt of, by our clock in microseconds. */
export const learntAt = (look: Present): number => known(look)?.learntAt ?? look.status.changedAt;

/** A loss in words, with its evidence. */
export const describeFacts = ({ applications, severity, reason }: LossFacts): string =>
  `lost by ${applications.join(" and ")} unexpectedly: ${reason.evidence} (${severity})`;

/** A loss that lasts, as it is written down in some state; `words` are the step that its trail gains. */
export const toLoss = (
  look: Present,
  state: Loss["state"],
  { words, now }: { words: string; now: number },
): Loss => {
  const { key, loss } = look;
  const { missedAt: _, ...facts } = look.facts;
  const begun = addToTrail(loss?.trail ?? [], learntAt(look), describeFacts(look.facts));
  return {
    ...key,
    ...facts,
    state,
    revision: (loss?.revision ?? 0) + 1,
    learntAt: learntAt(look),
    decidedAt: now,
    trail: addToTrail(known(look)?.trail ?? begun, now, words),
  };
};
