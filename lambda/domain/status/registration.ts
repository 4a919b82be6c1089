import { formatTime } from "../time.ts";
import type { PastStatus } from "./past-status.ts";
import { type Reason, reasonOf } from "./reason.ts";
import {
  type Application,
  type Attributes,
  allStandingsOf,
  attributesOf,
  coverageOf,
  type NamedStanding,
  newestConfirmation,
  type RegistrationStatus,
  retiredAtOf,
  type WithApplications,
} from "./registration-status.ts";
import { confirmedAt, isRetired } from "./standing.ts";
import type { Verdict } from "./verdict.ts";

/** One application in a registration, as readers and subscribers see it. Times are ISO 8601 with microseconds. */
export type RegistrationApplication = {
  name: string;
  status: "registered" | "unregistered";
  statusSince: string;
  confirmedAt: string;
  agentID?: string;
  verdict?: Verdict;
  reason?: Reason;
  stale?: true;
};

/** A DN on a T-Server, as readers and subscribers see it: the contract's `registration`. */
export type Registration = Attributes & {
  thisDN: string;
  server: string;
  status: "registered" | "unregistered";
  statusSince: string;
  changedAt: string;
  confirmedAt: string;
  /** When the last of its applications was retired, by our clock. */
  retiredAt?: string;
  verdict?: Verdict;
  reason?: Reason;
  applications: RegistrationApplication[];
  /** How many applications there are, where not all are listed. */
  applicationsCount?: number;
};

/** A registration as it was: `changedAt` only where nothing has changed since. */
export type PastRegistration = Omit<Registration, "changedAt"> & { changedAt?: string };

// As many with the longest reasons fit into a message.
const maxApplications = 50;

// Of too many, those whose registration is not retired come first.
const listStandings = (status: WithApplications) => {
  const all = allStandingsOf(status);
  if (all.length <= maxApplications) return { listed: all };
  const rank = ({ application }: NamedStanding): number => Number(isRetired(application));
  const listed = all.toSorted((a, b) => rank(a) - rank(b)).slice(0, maxApplications);
  return { listed, applicationsCount: all.length };
};

/** Whether a registered application reads `stale` for a reason that its status does not hold. */
export type IsStale = (name: string, application: Application) => boolean;

const toApplication = (
  { name, application, standing }: NamedStanding,
  isStale: IsStale,
): RegistrationApplication => {
  const common = {
    name,
    status: standing.status,
    statusSince: formatTime(application.statusSince),
    confirmedAt: formatTime(confirmedAt(application)),
  };
  if (standing.status === "unregistered") {
    return { ...common, verdict: standing.verdict, reason: reasonOf(standing.cause) };
  }
  const agentID = application.registered?.agentID;
  return {
    ...common,
    ...(agentID === undefined ? {} : { agentID }),
    ...(application.stale || isStale(name, application) ? { stale: true } : {}),
  };
};

const show = <Changed extends { changedAt?: string }>(
  status: Omit<RegistrationStatus, "changedAt">,
  changed: Changed,
  isStale: IsStale,
): Omit<Registration, "changedAt"> & Changed => {
  const coverage = coverageOf(status);
  const retiredAt = retiredAtOf(status);
  const { listed, ...count } = listStandings(status);
  return {
    thisDN: status.thisDN,
    server: status.server,
    status: coverage.status,
    statusSince: formatTime(status.statusSince),
    ...changed,
    confirmedAt: formatTime(newestConfirmation(status)),
    ...(retiredAt === undefined ? {} : { retiredAt: formatTime(retiredAt) }),
    ...attributesOf(status),
    ...(coverage.verdict === undefined ? {} : { verdict: coverage.verdict }),
    ...(coverage.cause === undefined ? {} : { reason: reasonOf(coverage.cause) }),
    applications: listed.map((one) => toApplication(one, isStale)),
    ...count,
  };
};

const isNeverStale: IsStale = () => false;

/** Shows a stored status as the contract's `registration`. */
export const toRegistration = (
  status: RegistrationStatus,
  isStale: IsStale = isNeverStale,
): Registration => show(status, { changedAt: formatTime(status.changedAt) }, isStale);

/** Shows a status as it was. */
export const toPastRegistration = ({ changedAt, ...status }: PastStatus): PastRegistration =>
  show(status, changedAt === undefined ? {} : { changedAt: formatTime(changedAt) }, isNeverStale);
