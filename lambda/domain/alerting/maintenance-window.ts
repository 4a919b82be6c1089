import * as v from "valibot";
import { actorEntries } from "../access/actor.ts";

/**
 * A time in which losses are expected, for a server, some DNs or a prefix of them (every criterion given must match), or
 * for everything. Times by our clock in microseconds.
 */
export const MaintenanceWindowSchema = v.object({
  id: v.string(),
  server: v.optional(v.string()),
  thisDNs: v.optional(v.array(v.string())),
  prefix: v.optional(v.string()),
  /** Every DN of every server: there is no other criterion. */
  everything: v.optional(v.literal(true)),
  start: v.number(),
  end: v.number(),
  reason: v.string(),
  ...actorEntries,
  createdAt: v.number(),
});
export type MaintenanceWindow = v.InferOutput<typeof MaintenanceWindowSchema>;

/** The window that covers a DN on a server at a time, if any. */
export const findWindow = (
  windows: readonly MaintenanceWindow[],
  { server, thisDN }: { server: string; thisDN: string },
  at: number,
): MaintenanceWindow | undefined =>
  windows.find(
    (window) =>
      window.start <= at &&
      at < window.end &&
      (window.server === undefined || window.server === server) &&
      (window.thisDNs === undefined || window.thisDNs.includes(thisDN)) &&
      (window.prefix === undefined || thisDN.startsWith(window.prefix)),
  );
