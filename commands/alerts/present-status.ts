import * as v from "valibot";
import { printable } from "../../bridge/terminal/printable.ts";
import { type ApiAccess, ApiRefusal } from "../api/call-api.ts";
import { readFirst, readPages } from "../api/read-pages.ts";
import { readableTime } from "../shell/readable-time.ts";

const StatusSchema = v.object({
  server: v.string(),
  status: v.string(),
  statusSince: v.string(),
  retiredAt: v.optional(v.string()),
  verdict: v.optional(v.string()),
  reason: v.optional(v.object({ evidence: v.string() })),
  applications: v.array(v.object({ stale: v.optional(v.boolean()) })),
});
type Status = v.InferOutput<typeof StatusSchema>;

const stateText = ({ status, statusSince, verdict, reason, ...rest }: Status): string => {
  const { retiredAt, applications } = rest;
  if (retiredAt !== undefined) return `retired since ${readableTime(retiredAt)}`;
  const since = `${status} since ${readableTime(statusSince)}`;
  if (status === "registered")
    return applications.some(({ stale }) => stale) ? `${since}, stale: it may be gone` : since;
  const why = reason === undefined ? "" : ` (${reason.evidence})`;
  return `${since}${verdict === undefined ? "" : `, ${verdict}`}${why}`;
};

/** A DN, perhaps on one T-Server only. */
export type DnWanted = { readonly thisDN: string; readonly server: string | undefined };

/**
 * What is now known of a DN, a line for each T-Server; none where no event ever named it, and undefined where the token
 * may not read it.
 */
export const presentStatusLines = async (
  access: ApiAccess,
  { thisDN, server }: DnWanted,
): Promise<string[] | undefined> => {
  // This list takes no limit: it has one of its own.
  const list = { path: "/v1/registrations", filters: { thisDN } };
  try {
    const all = await readFirst(readPages(access, list, StatusSchema));
    return all
      .filter((one) => server === undefined || one.server === server)
      .map((one) => printable(`DN ${thisDN} on ${one.server} is ${stateText(one)}`));
  } catch (error) {
    if (error instanceof ApiRefusal && error.status === 403) return undefined;
    throw error;
  }
};
