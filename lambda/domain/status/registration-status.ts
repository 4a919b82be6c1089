import * as v from "valibot";
import { compareText } from "../text.ts";
import type { Mark } from "./mark.ts";
import { MarksSchema } from "./merge.ts";
import { type Absence, confirmedAt, isRetired, type Standing, standingOf } from "./standing.ts";
import type { Cause, Verdict } from "./verdict.ts";

/**
 * An application's marks, and since when (T-Server time, microseconds) it has its present standing, as we saw it. `stale`: it
 * reads registered, but nobody has heard of its bridge for too long.
 */
export const ApplicationSchema = v.object({
  ...MarksSchema.entries,
  statusSince: v.number(),
  stale: v.optional(v.literal(true)),
});
export type Application = v.InferOutput<typeof ApplicationSchema>;

/**
 * What is stored of one DN on one T-Server. Times in microseconds: `changedAt` by our clock, `statusSince` by the T-Server's.
 * `revision` counts writes; `changed` says that this write concerns subscribers; `alertId` is there while an application is
 * unregistered unexpectedly, named by the event that made it so.
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

/** What names a status. */
export type StatusKey = Pick<RegistrationStatus, "thisDN" | "server">;

/** One application with its standing worked out. */
export type NamedStanding<Kind extends Standing = Standing> = {
  name: string;
  application: Application;
  standing: Kind;
};

/** The standing of every application, retired ones too, by name. */
export const allStandingsOf = ({ applications }: RegistrationStatus): NamedStanding[] =>
  Object.entries(applications)
    .map(([name, application]) => ({ name, application, standing: standingOf(application) }))
    .sort((a, b) => compareText(a.name, b.name));

/** The standing of every application that is not retired, by name. */
export const standingsOf = (status: RegistrationStatus): NamedStanding[] =>
  allStandingsOf(status).filter(({ application }) => !isRetired(application));

/** Whether every application has retired its registration: nobody waits for this DN any more. */
export const isAllRetired = ({ applications }: RegistrationStatus): boolean =>
  Object.values(applications).every(isRetired);

/** What all applications together amount to: does anybody still see this DN, and is anybody missing? */
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
 * Sums the standings up: registered while one application is; of several verdicts the newest unexpected one counts. Retired
 * applications count for nothing; where there are no others, it is unregistered as expected.
 */
export const coverageOf = (status: RegistrationStatus): Coverage => {
  const standings = isAllRetired(status) ? allStandingsOf(status) : standingsOf(status);
  const absent = standings.filter(isAbsent).sort((a, b) => b.standing.time - a.standing.time);
  const lost = absent.filter(({ standing }) => standing.verdict === "unexpected");
  const decisive = (lost[0] ?? absent[0])?.standing;
  if (decisive === undefined) return { status: "registered", lost };
  const { verdict, cause } = decisive;
  const isSeen = absent.length < standings.length;
  return { status: isSeen ? "registered" : "unregistered", verdict, cause, lost };
};

/** What the newest registration or unregistration that has this attribute says, of those that the status keeps. */
export const newestOf = <Name extends keyof Mark>(
  { applications }: RegistrationStatus,
  name: Name,
): Mark[Name] | undefined =>
  Object.values(applications)
    .flatMap(({ registered, unregistered }) => [registered, unregistered])
    .filter((mark) => mark !== undefined)
    .filter((mark) => mark[name] !== undefined)
    .sort((a, b) => b.time - a.time)[0]?.[name];

/** The tenant. */
export const customerOf = (status: RegistrationStatus): string | undefined =>
  newestOf(status, "customerID");

/** The T-Server's time of the newest event of any application, in microseconds. */
export const newestConfirmation = ({ applications }: RegistrationStatus): number =>
  Math.max(...Object.values(applications).map(confirmedAt));
