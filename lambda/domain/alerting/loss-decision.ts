import type { AlertRules } from "../rules.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import type { InhibitedFacts, Inhibitor } from "./inhibitor.ts";
import type { AlertReference, LossIn, LossRecord } from "./loss.ts";

/** What decides beside the loss itself; `now` by our clock in microseconds. */
export type Circumstances = {
  rules: AlertRules;
  findInhibitor: (facts: InhibitedFacts) => Inhibitor | undefined;
  now: number;
};

/**
 * A loss that an alert must tell of: what will be recorded of it, and when it counts as lost where losses are counted (our clock,
 * microseconds). `claimed`: for which alert it was written down before, which is not written, or not yet. `isRetold`: an
 * alert named by it is over.
 */
export type Candidate = {
  record: LossRecord;
  status: RegistrationStatus;
  countedAt: number;
  claimed: AlertReference | undefined;
  isRetold: boolean;
};

/**
 * What to do about a loss. All but `nothing` and `alert` have the loss as it must be written (`wait`: perhaps).
 * - `wait`: its hold-down is not over, look again.
 * - `held`: it waits for a window's end, or for a link, server or bridge.
 * - `alert`: an alert must tell of it, and which one is to be seen.
 * - `changed`: a member of an open alert, and now otherwise.
 * - `ended`: over; how is in the loss.
 */
export type LossDecision =
  | { kind: "nothing" }
  | { kind: "wait"; seconds: number; loss: LossIn<"waiting"> | undefined }
  | { kind: "held"; loss: LossIn<"held"> }
  | { kind: "alert"; candidate: Candidate }
  | { kind: "changed"; loss: LossIn<"alerted"> }
  | { kind: "ended"; loss: LossIn<"over"> };

/** Nothing is to be done. */
export const nothing: LossDecision = { kind: "nothing" };

/** How much too early a loss may be decided on, in microseconds: a queue's clock is not ours. */
export const toleratedMicros = 1_000_000;
