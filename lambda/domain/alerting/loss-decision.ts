import type { AlertRules } from "../rules.ts";
import type { RegistrationStatus } from "../status/registration-status.ts";
import type { InhibitedFacts, Inhibitor } from "./inhibitor.ts";
import type { Loss } from "./loss.ts";

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
  countedAt: number;
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
export type LossDecision =
  | { kind: "nothing" }
  | { kind: "wait"; seconds: number; loss: Loss | undefined }
  | { kind: "held" | "changed" | "ended"; loss: Loss }
  | { kind: "alert"; candidate: Candidate };

/** Nothing is to be done. */
export const nothing: LossDecision = { kind: "nothing" };

/** How much too early a loss may be decided on, in microseconds: a queue's clock is not ours. */
export const toleratedMicros = 1_000_000;
