import type { ListState } from "./list-key.ts";
import type { Registration } from "./registration.ts";
import {
  countedStandingsOf,
  coverageOf,
  customerOf,
  isAllRetired,
  type RegistrationStatus,
} from "./registration-status.ts";
import type { Verdict } from "./verdict.ts";

/** What a list leaves out; absent: nothing. Times in microseconds, by our clock. */
export type ListFilter = {
  status?: Registration["status"] | undefined;
  verdict?: Verdict | undefined;
  server?: string | undefined;
  customerID?: string | undefined;
  /** How the DN's number begins; the keys show that already. */
  prefix?: string | undefined;
  /** One of the applications has this name; retired ones count only where all are retired. */
  application?: string | undefined;
  /** Whether the registration of some application reads `stale`. */
  stale?: boolean | undefined;
  /** Retired registrations are listed from this change on; absent: none is. */
  retiredSince?: number | undefined;
};

/**
 * How long lists show what was retired. Copies learn of a retirement in this way; without an end, each list of changes
 * would grow with all that was ever retired.
 */
export const retirementShownDays = 30;

const isRegistered = (state: ListState): boolean => state === "registered" || state === "mixed";

const mayHaveVerdict = (state: ListState, verdict: Verdict): boolean =>
  state === verdict || state === "mixed" || (state === "retired" && verdict === "expected");

/** Whether this list may hold something that passes the filter. */
export const mayMatch = (
  state: ListState,
  { status, verdict, stale, retiredSince }: ListFilter,
): boolean =>
  (status === undefined || isRegistered(state) === (status === "registered")) &&
  (verdict === undefined || mayHaveVerdict(state, verdict)) &&
  (stale !== true || isRegistered(state)) &&
  (state !== "retired" || retiredSince !== undefined);

/** Whether a filter says something that no list is made for: of what is read, few may pass. */
export const isSelective = ({ customerID, prefix, application, stale }: ListFilter): boolean =>
  [customerID, prefix, application, stale].some((one) => one !== undefined);

const isShown = (status: RegistrationStatus, retiredSince = Number.POSITIVE_INFINITY): boolean =>
  !isAllRetired(status) || status.changedAt >= retiredSince;

const isSame = <Value>(wanted: Value | undefined, value: Value | undefined): boolean =>
  wanted === undefined || wanted === value;

/**
 * Whether a status passes the filter beside `server`, `prefix` and `stale`, which it does not decide: the index lags, and
 * `mixed` holds both verdicts.
 */
export const matchesFilter = (status: RegistrationStatus, filter: ListFilter): boolean => {
  const { application } = filter;
  const coverage = coverageOf(status);
  return (
    isShown(status, filter.retiredSince) &&
    isSame(filter.status, coverage.status) &&
    isSame(filter.verdict, coverage.verdict) &&
    isSame(filter.customerID, customerOf(status)) &&
    (application === undefined ||
      countedStandingsOf(status).some(({ name }) => name === application))
  );
};

/** Whether a registration passes the filter's `stale`, as it is shown. */
export const matchesStaleness = (
  { applications }: Registration,
  { stale }: Pick<ListFilter, "stale">,
): boolean =>
  isSame(
    stale,
    applications.some((one) => one.stale === true),
  );
