import * as v from "valibot";
import { compareText } from "../text.ts";
import { type Mark, newer } from "./mark.ts";
import { MarksSchema } from "./merge.ts";
import { type Absence, confirmedAt, isRetired, type Standing, standingOf } from "./standing.ts";
import type { Cause, Verdict } from "./verdict.ts";

/**
 * An application's marks, and since when (T-Server time, microseconds) it has had its present standing, as far as we know.
 * `stale`: it reads registered, but its bridge has been silent for too long.
 */
export const ApplicationSchema = v.object({
  ...MarksSchema.entries,
  statusSince: v.number(),
  stale: v.optional(v.literal(true)),
});
export type Application = v.InferOutput<typeof ApplicationSchema>;

/**
 * What is stored of one DN on one T-Server. Times in microseconds: `changedAt` by our clock, `statusSince` by the
 * T-Server's. `revision` counts writes; `changed` says that this write must be published; `alertId` is present while an
 * application is unregistered unexpectedly, and is derived from the id of the event that unregistered it.
 */
export const RegistrationStatusSchema = v.object({
  thisDN: v.string(),
  server: v.string(),
  revision: v.number(),
  changed: v.boolean(),
  changedAt: v.number(),
  changedBy: v.string(),
  statusSince: v.number(),
  applications: v.record(v.string(), ApplicationSchema),
  alertId: v.optional(v.string()),
});
export type RegistrationStatus = v.InferOutput<typeof RegistrationStatusSchema>;

/** What most of a status is derived from. */
export type WithApplications = Pick<RegistrationStatus, "applications">;

/** What identifies a status. */
export type StatusKey = Pick<RegistrationStatus, "thisDN" | "server">;

/** A status's key as text, for maps. */
export const statusKeyText = ({ thisDN, server }: StatusKey): string =>
  JSON.stringify([thisDN, server]);

/** One application with its derived standing. */
export type NamedStanding<Kind extends Standing = Standing> = {
  name: string;
  application: Application;
  standing: Kind;
};

/** The standing of every application, retired ones too, by name. */
export const allStandingsOf = ({ applications }: WithApplications): NamedStanding[] =>
  Object.entries(applications)
    .map(([name, application]) => ({ name, application, standing: standingOf(application) }))
    .sort((a, b) => compareText(a.name, b.name));

/** The standing of every application that is not retired, by name. */
export const standingsOf = (status: WithApplications): NamedStanding[] =>
  allStandingsOf(status).filter(({ application }) => !isRetired(application));

/** Whether the registrations of all applications are retired: no application waits for this DN any more. */
export const isAllRetired = ({ applications }: WithApplications): boolean =>
  Object.values(applications).every(isRetired);

/** Whether an application has said something of the DN, rather than only an operator that it is gone. */
export const isKnown = ({ applications }: WithApplications): boolean =>
  Object.values(applications).some((one) => one.registered ?? one.unregistered ?? one.missed);

/** The standings that count: of applications that are not retired, or of all where all are. */
export const countedStandingsOf = (status: WithApplications): NamedStanding[] =>
  isAllRetired(status) ? allStandingsOf(status) : standingsOf(status);

/** The standings of all applications together: does any application still see this DN, and is any missing? */
export type Coverage = {
  /** The applications that lost their registration unexpectedly, the newest loss first. */
  lost: NamedStanding<Absence>[];
} & (
  | { status: "registered"; verdict?: Verdict; cause?: Cause }
  | { status: "unregistered"; verdict: Verdict; cause: Cause }
);

const isAbsent = (one: NamedStanding): one is NamedStanding<Absence> =>
  one.standing.status === "unregistered";

/**
 * Sums up the standings: registered while one application is registered; of several verdicts, the newest unexpected one
 * counts. Retired applications do not count; where all are retired, the DN is unregistered as expected.
 */
export const coverageOf = (status: WithApplications): Coverage => {
  const standings = countedStandingsOf(status);
  const absent = standings.filter(isAbsent).sort((a, b) => b.standing.time - a.standing.time);
  const lost = absent.filter(({ standing }) => standing.verdict === "unexpected");
  const decisive = (lost[0] ?? absent[0])?.standing;
  if (decisive === undefined) return { status: "registered", lost };
  const { verdict, cause } = decisive;
  const isSeen = absent.length < standings.length;
  return { status: isSeen ? "registered" : "unregistered", verdict, cause, lost };
};

/**
 * What the newest registration or unregistration that has this attribute says, of those that the status keeps: the same
 * whatever the order in which they arrived.
 */
export const newestValueOf = <Name extends keyof Mark>(
  status: WithApplications,
  name: Name,
): Mark[Name] | undefined => {
  let newest: Mark | undefined;
  // By name: where all else is equal, the first application counts.
  for (const { application } of allStandingsOf(status)) {
    for (const mark of [application.registered, application.unregistered])
      if (mark?.[name] !== undefined) newest = newer(newest, mark);
  }
  return newest?.[name];
};

// In the order in which a registration shows them.
const attributeNames = ["addressType", "customerID"] as const;

/** The attributes of a DN that readers see. */
export type Attributes = { [Name in (typeof attributeNames)[number]]?: string };

/** The attributes of a DN: each as in `newestValueOf`. */
export const attributesOf = (status: WithApplications): Attributes => {
  const attributes: Attributes = {};
  for (const name of attributeNames) {
    const value = newestValueOf(status, name);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
};

/** The tenant. */
export const customerOf = (status: WithApplications): string | undefined =>
  newestValueOf(status, "customerID");

/** When the last of the registrations was retired (microseconds, by our clock); undefined while one is not. */
export const retiredAtOf = (status: WithApplications): number | undefined =>
  isAllRetired(status)
    ? Math.max(...allStandingsOf(status).map(({ standing }) => standing.time))
    : undefined;

/** The T-Server's time of the newest event of any application, in microseconds. */
export const newestConfirmation = ({ applications }: WithApplications): number =>
  Math.max(...Object.values(applications).map(confirmedAt));
