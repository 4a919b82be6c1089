import { holdDownOf, micros } from "../rules.ts";
import { isOpen } from "./alert.ts";
import { decideChange } from "./decide-change.ts";
import { decideEnd } from "./decide-end.ts";
import type { Inhibitor } from "./inhibitor.ts";
import {
  type Circumstances,
  type LossDecision,
  nothing,
  toleratedMicros,
} from "./loss-decision.ts";
import { lossFactsOf } from "./loss-facts.ts";
import type { LossSnapshot } from "./loss-snapshot.ts";
import { learntAtOf, type PresentLoss, toRecord } from "./present-loss.ts";

// Every change of the DN hides when we learnt of its loss. Once that is stored, changes cannot put the decision off for
// ever.
const wait = (present: PresentLoss, rest: number, now: number): LossDecision => {
  const seconds = rest / 1_000_000;
  if (present.loss !== undefined) return { kind: "wait", seconds, loss: undefined };
  const record = toRecord(present, { words: "its hold-down is not over", now });
  return { kind: "wait", seconds, loss: { ...record, state: "waiting" } };
};

const hold = (present: PresentLoss, { heldBy, words }: Inhibitor, now: number): LossDecision => {
  const { loss } = present;
  if (loss?.state === "held" && loss.heldBy === heldBy) return nothing;
  const record = toRecord(present, { words: `held: ${words}`, now });
  return { kind: "held", loss: { ...record, state: "held", heldBy } };
};

const alert = (present: PresentLoss, { rules, now }: Circumstances): LossDecision => {
  const { loss, status, key } = present;
  const wasHeld = loss?.state === "held";
  const words = wasHeld
    ? "no longer held, and still lost"
    : `still lost when its hold-down of ${holdDownOf(rules, key)} s was over`;
  const record = toRecord(present, { words, now });
  return {
    kind: "alert",
    candidate: {
      record,
      status,
      countedAt: wasHeld ? now : record.learntAt,
      claimed: loss?.state === "claimed" && present.alert === undefined ? loss.alert : undefined,
      hasFormerAlert: present.alert !== undefined && present.alert.alertId === key.lossId,
    },
  };
};

// Not a member of an open alert.
const decideFresh = (present: PresentLoss, circumstances: Circumstances): LossDecision => {
  const { key, facts } = present;
  const { rules, findInhibitor, now } = circumstances;
  const rest = learntAtOf(present) + micros(holdDownOf(rules, key)) - now;
  if (rest > toleratedMicros) return wait(present, rest, now);
  const inhibitor = findInhibitor({ ...key, ...facts });
  return inhibitor === undefined ? alert(present, circumstances) : hold(present, inhibitor, now);
};

const decidePresent = (present: PresentLoss, circumstances: Circumstances): LossDecision => {
  const { loss } = present;
  switch (loss?.state) {
    case "alerted":
      return isOpen(present.alert)
        ? decideChange({ ...present, loss }, circumstances)
        : decideFresh(present, circumstances);
    case "claimed":
      // The claimant may be about to write that alert, or died before it did: this evaluator carries the claim through.
      return present.alert === undefined
        ? alert(present, circumstances)
        : decideFresh(present, circumstances);
    case "waiting":
    case "held":
    case "over":
    case undefined:
      return decideFresh(present, circumstances);
  }
};

/** Decides what to do about a loss, from its snapshot alone: deciding again changes nothing. */
export const decideLoss = (snapshot: LossSnapshot, circumstances: Circumstances): LossDecision => {
  const { key, status, loss } = snapshot;
  const { rules, now } = circumstances;
  if (status === undefined) return nothing;
  const isPresent = status.alertId === key.lossId;
  const facts = isPresent
    ? lossFactsOf({ status, loss, losses: undefined, rules, now })
    : undefined;
  if (facts !== undefined) return decidePresent({ ...snapshot, status, facts }, circumstances);
  const ended = decideEnd({ ...snapshot, status }, circumstances);
  return ended === undefined ? nothing : { kind: "ended", loss: ended };
};
