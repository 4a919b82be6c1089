import type { Loss, LossKey } from "../domain/alerting/loss.ts";
import type { Part, WriteRevision } from "./revisions.ts";

/** Reads losses, consistently; keys without a loss are left out. Keys are distinct. */
export type ReadLosses = (keys: readonly LossKey[]) => Promise<Loss[]>;

export type WriteLoss = WriteRevision<Loss>;

/** Losses of a DN: all on one server, or as many as `limit` after a place ("": the first), by place (`lossPlace`). */
export type LossRange = { server: string } | { after: string; limit: number };

/** Reads losses of a DN, consistently. */
export type ReadLossesOfDn = (thisDN: string, range: LossRange) => Promise<Loss[]>;

/**
 * Reads members of an alert, only the missing ones or all (the missing ones first: a member that comes back in between
 * is seen twice rather than never), eventually consistent.
 */
export type ReadMembers = (
  alertId: string,
  range: { missing: boolean; limit: number; from?: string | undefined },
) => Promise<Part<LossKey>>;

/** Reads held losses of one server or of all, those waiting for their hold-down included, eventually consistent. */
export type ReadHeld = (range: {
  server: string | undefined;
  limit: number;
  from?: string | undefined;
}) => Promise<Part<LossKey>>;
