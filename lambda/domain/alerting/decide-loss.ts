import type { RegistrationStatus } from "../status/registration-status.ts";
import { addToTrail } from "./add-to-trail.ts";
import { decideEnd } from "./decide-end.ts";
import type { InhibitedFacts, Inhibitor } from "./inhibitor.ts";
import { isOpenMember, type Look } from "./look.ts";
import { isMissing, type Loss } from "./loss.ts";
import { type LossFacts, lossFactsOf } from "./loss-facts.ts";
import { type AlertRules, holdDownOf, micros } from "./rules.ts";

/** What decides beside the loss itself; `now` by our clock in microseconds. */
export type Circumstances = {
  rules: Pick<AlertRules, "holdDownSeconds" | "holdDowns">;
  findInhibitor: (facts: InhibitedFacts) => Inhibitor | undefined;
  now: number;
};

/**
 * A loss that somebody must be alerted of: as it must be written, and when it counts as fallen. `claimed`: for which alert
 * it was written down before, which was then not told, or not yet. `isRetold`: an alert named by it is over.
 */
export type Candidate = {
  loss: Loss;
  status: RegistrationStatus;
  fellAt: number;
  claimed: Loss["alert"];
  isRetold: boolean;
};

/**
 * What to do about a loss. All but `nothing` have the loss as it must be written (`wait`: perhaps).
 * - `wait`: its hold-down is not over, look again.
 * - `held`: it waits for a window's end, or for a link, server or bridge.
 * - `alert`: alert somebody, in which alert is to be seen.
 * - `changed`: part of an open alert, and now otherwise.
 * - `ended`: over; `passed`, `ended` and `alerted` differ by the loss's state.
 */
export type Decision =
  | { kind: "nothing" }
  | { kind: "wait"; seconds: number; loss: Loss | undefined }
  | { kind: "held" | "changed" | "ended"; loss: Loss }
  | { kind: "alert"; candidate: Candidate };

type Present = Look & { status: RegistrationStatus; facts: LossFacts };

const nothing: Decision = { kind: "nothing" };
const toleratedMicros = 1_000_000; // A queue's clock is not ours.

// A loss that is over may come again under its name: by a late event.
const known = ({ loss }: Look): Loss | undefined =>
  loss !== undefined && (loss.state === "held" || isMissing(loss)) ? loss : undefined;

const learntAt = (look: Present): number => known(look)?.learntAt ?? look.status.changedAt;

const describe = ({ applications, severity, reason }: LossFacts): string =>
  `lost by ${applications.join(" and ")} unexpectedly: ${reason.evidence} (${severity})`;

const write = (
  look: Present,
  state: Loss["state"],
  { words, now }: { words: string; now: number },
): Loss => {
  const { key, loss } = look;
  const { missedAt: _, ...facts } = look.facts;
  const begun = addToTrail(loss?.trail ?? [], learntAt(look), describe(look.facts));
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

// Every change of the DN hides when its loss was learnt of. One that is not about the loss must not put it off for ever.
const isHidden = ({ loss, status, facts }: Present): boolean =>
  loss === undefined && !facts.applications.includes(status.changedBy);

const wait = (look: Present, rest: number, now: number): Decision => ({
  kind: "wait",
  seconds: rest / 1_000_000,
  loss: isHidden(look)
    ? { ...write(look, "held", { words: "its hold-down is not over", now }), heldBy: "hold-down" }
    : undefined,
});

const hold = (look: Present, { heldBy, words }: Inhibitor, now: number): Decision =>
  look.loss?.state === "held" && look.loss.heldBy === heldBy
    ? nothing
    : { kind: "held", loss: { ...write(look, "held", { words: `held: ${words}`, now }), heldBy } };

const claimOf = ({ loss, alert: written }: Look): Loss["alert"] =>
  loss !== undefined && isMissing(loss) && written === undefined ? loss.alert : undefined;

const alert = (look: Present, holdDown: number, now: number): Decision => {
  const { loss, status, key } = look;
  const wasHeld = loss?.state === "held" && loss.heldBy !== "hold-down";
  const words = wasHeld
    ? "no longer held, and still lost"
    : `still lost when its hold-down of ${holdDown} s was over`;
  const written = write(look, "alerted", { words, now });
  return {
    kind: "alert",
    candidate: {
      loss: written,
      status,
      fellAt: wasHeld ? now : written.learntAt,
      claimed: claimOf(look),
      isRetold: look.alert !== undefined && look.alert.alertId === key.lossId,
    },
  };
};

const change = (look: Present, now: number): Decision => {
  const { loss, facts } = look;
  const tell = ({
    applications,
    severity,
    reason,
  }: Pick<Loss, "applications" | "severity" | "reason">) =>
    JSON.stringify([applications, severity, reason.evidence]);
  if (loss === undefined || tell(loss) === tell(facts)) return nothing;
  const written = write(look, "alerted", { words: `now ${describe(facts)}`, now });
  return { kind: "changed", loss: { ...written, alert: loss.alert } };
};

/** Decides what to do about a loss, from what is known of it now alone: repeating changes nothing. */
export const decideLoss = (look: Look, circumstances: Circumstances): Decision => {
  const { key, status } = look;
  const { rules, findInhibitor, now } = circumstances;
  if (status === undefined) return nothing;
  const facts = status.alertId === key.lossId ? lossFactsOf(status) : undefined;
  if (facts === undefined) {
    const loss = decideEnd({ ...look, status }, rules, now);
    return loss === undefined ? nothing : { kind: "ended", loss };
  }
  const present = { ...look, status, facts };
  if (isOpenMember(look)) return change(present, now);
  const holdDown = holdDownOf(rules, key);
  // Somebody may be about to tell of it, or has died of it: that is carried through.
  if (claimOf(look) !== undefined) return alert(present, holdDown, now);
  const rest = learntAt(present) + micros(holdDown) - now;
  if (rest > toleratedMicros) return wait(present, rest, now);
  const inhibitor = findInhibitor({ ...key, ...facts });
  return inhibitor === undefined ? alert(present, holdDown, now) : hold(present, inhibitor, now);
};
