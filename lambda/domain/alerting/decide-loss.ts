import { holdDownOf, micros } from "../rules.ts";
import { decideChange } from "./decide-change.ts";
import { decideEnd } from "./decide-end.ts";
import type { Inhibitor } from "./inhibitor.ts";
import { isMissing, type Loss } from "./loss.ts";
import {
  type Circumstances,
  type LossDecision,
  nothing,
  toleratedMicros,
} from "./loss-decision.ts";
import { lossFactsOf } from "./loss-facts.ts";
import { isOpenMember, type LossSnapshot } from "./loss-snapshot.ts";
import { learntAt, type Present, toLoss } from "./present-loss.ts";

// Every change of the DN hides when its loss was learnt of. Written down, changes cannot put it off for ever.
const wait = (look: Present, rest: number, now: number): LossDecision => ({
  kind: "wait",
  seconds: rest / 1_000_000,
  loss:
    look.loss === undefined
      ? {
          ...toLoss(look, "held", { words: "its hold-down is not over", now }),
          heldBy: "hold-down",
        }
      : undefined,
});

const hold = (look: Present, { heldBy, words }: Inhibitor, now: number): LossDecision =>
  look.loss?.state === "held" && look.loss.heldBy === heldBy
    ? nothing
    : { kind: "held", loss: { ...toLoss(look, "held", { words: `held: ${words}`, now }), heldBy } };

const claimOf = ({ loss, alert: written }: LossSnapshot): Loss["alert"] =>
  loss !== undefined && isMissing(loss) && written === undefined ? loss.alert : undefined;

const alert = (look: Present, holdDown: number, now: number): LossDecision => {
  const { loss, status, key } = look;
  const wasHeld = loss?.state === "held" && loss.heldBy !== "hold-down";
  const words = wasHeld
    ? "no longer held, and still lost"
    : `still lost when its hold-down of ${holdDown} s was over`;
  const written = toLoss(look, "alerted", { words, now });
  return {
    kind: "alert",
    candidate: {
      loss: written,
      status,
      countedAt: wasHeld ? now : written.learntAt,
      claimed: claimOf(look),
      isRetold: look.alert !== undefined && look.alert.alertId === key.lossId,
    },
  };
};

/** Decides what to do about a loss, from what is known of it now alone: repeating changes nothing. */
export const decideLoss = (look: LossSnapshot, circumstances: Circumstances): LossDecision => {
  const { key, status } = look;
  const { rules, findInhibitor, now } = circumstances;
  if (status === undefined) return nothing;
  const facts = status.alertId === key.lossId ? lossFactsOf(status) : undefined;
  if (facts === undefined) {
    const loss = decideEnd({ ...look, status }, rules, now);
    return loss === undefined ? nothing : { kind: "ended", loss };
  }
  const present = { ...look, status, facts };
  if (isOpenMember(look)) return decideChange(present, circumstances);
  const holdDown = holdDownOf(rules, key);
  // Somebody may be about to tell of it, or has died of it: that is carried through.
  if (claimOf(look) !== undefined) return alert(present, holdDown, now);
  const rest = learntAt(present) + micros(holdDown) - now;
  if (rest > toleratedMicros) return wait(present, rest, now);
  const inhibitor = findInhibitor({ ...key, ...facts });
  return inhibitor === undefined ? alert(present, holdDown, now) : hold(present, inhibitor, now);
};
