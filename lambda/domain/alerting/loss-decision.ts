import type { AlertRules } from "../rules.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import type { InhibitedFacts, Inhibitor } from "./inhibitor.ts";
import type { AlertReference, LossIn, LossRecord } from "./loss.ts";

/** What a decision depends on beside the loss itself; `now` by our clock in microseconds. */
export type Circumstances = {
  rules: AlertRules;
  findInhibitor: (facts: InhibitedFacts) => Inhibitor | undefined;
  now: number;
};

/**
 * A loss that needs an alert: what will be recorded of it, and when it counts as lost where losses are counted (our
 * clock, microseconds). `claimed`: the alert for which it was recorded before, which is not written, or not yet.
 * `hasFormerAlert`: an alert named by it is over.
 */
export type Candidate = {
  record: LossRecord;
  status: RegistrationStatus;
  countedAt: number;
  claimed: AlertReference | undefined;
  hasFormerAlert: boolean;
};

/**
 * What to do about a loss. All but `nothing` and `alert` carry the loss as it must be written (`wait`: only in some
 * cases).
 * - `wait`: its hold-down is not over, evaluate it again.
 * - `held`: it waits for a window's end, or for a link, server or bridge.
 * - `alert`: it needs an alert, and which one is still to be chosen.
 * - `changed`: a member of an open alert, and now different.
 * - `ended`: over; the loss says how.
 */
export type LossDecision =
  | { kind: "nothing" }
  | { kind: "wait"; seconds: number; loss: LossIn<"waiting"> | undefined }
  | { kind: "held"; loss: LossIn<"held"> }
  | { kind: "alert"; candidate: Candidate }
  | { kind: "changed"; loss: LossIn<"alerted"> }
  | { kind: "ended"; loss: LossIn<"over"> };

/** There is nothing to do. */
export const nothing: LossDecision = { kind: "nothing" };

/** How much too early a loss may be decided on, in microseconds: SQS's clock is not ours. */
export const toleratedMicros = 1_000_000;
