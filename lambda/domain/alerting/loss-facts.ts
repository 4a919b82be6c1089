import type { Mark } from "../status/mark.ts";
import { causeInWords, type Reason, reasonOf } from "../status/reason.ts";
import {
  allStandingsOf,
  coverageOf,
  customerOf,
  type RegistrationStatus,
} from "../status/registration-status.ts";
import { isRetired } from "../status/standing.ts";
import type { Cause } from "../status/verdict.ts";
import { compareText } from "../text.ts";
import type { LossIn, LossKey } from "./loss.ts";
import {
  judgePastSeverity,
  judgeSeverity,
  type SeverityFacts,
  type SeveritySnapshot,
} from "./severity.ts";

/** The present facts of a loss: `lostAt` by the T-Server in microseconds, `cause` the reason in a few words. */
export type LossFacts = SeverityFacts & {
  applications: string[];
  reason: Reason;
  cause: string;
  lostAt: number;
  customerID: string | undefined;
  /**
   * The reconnect or disconnect (microseconds) after which it was not registered again, where that is how it was lost.
   */
  missedAt?: number | undefined;
};

/** The present loss of a status; undefined where no application is missing. */
export const presentLossOf = ({
  thisDN,
  server,
  alertId,
}: RegistrationStatus): LossKey | undefined =>
  alertId === undefined ? undefined : { thisDN, server, lossId: alertId };

const missedAtOf = ({ derived }: Cause): number | undefined =>
  derived === undefined || derived.from === "refused" ? undefined : derived.at;

/** Says what is lost now, by which applications, how severely and why; undefined while no application is missing. */
export const lossFactsOf = (snapshot: SeveritySnapshot): LossFacts | undefined => {
  const { status } = snapshot;
  const { lost } = coverageOf(status);
  const [newest] = lost;
  if (newest === undefined) return undefined;
  return {
    ...judgeSeverity(snapshot),
    applications: lost.map(({ name }) => name).sort(compareText),
    reason: reasonOf(newest.standing.cause),
    cause: causeInWords(newest.standing.cause),
    lostAt: Math.max(...lost.map(({ application }) => application.statusSince)),
    customerID: customerOf(status),
    missedAt: missedAtOf(newest.standing.cause),
  };
};

const causeOf = ({ derived, time, ...mark }: Mark): Cause => ({
  referenceID: mark.referenceID,
  errorCode: mark.errorCode,
  errorMessage: mark.errorMessage,
  derived: derived && { from: derived, at: time },
});

const findLossMark = (status: RegistrationStatus, lossId: string): [string, Mark] | undefined => {
  const marks = Object.entries(status.applications)
    .flatMap(([name, { lost, missed }]) => [lost, missed].map((mark) => ({ name, mark })))
    .flatMap(({ name, mark }): [string, Mark][] => (mark === undefined ? [] : [[name, mark]]));
  const named = marks.find(([, { id }]) => `alert-${id}` === lossId);
  return named ?? marks.sort(([, a], [, b]) => b.time - a.time)[0];
};

/** Says what a loss was that is over and was never stored, as far as the status still remembers. */
export const pastLossFacts = (status: RegistrationStatus, lossId: string): LossFacts => {
  const [name, mark] = findLossMark(status, lossId) ?? [];
  const cause = mark === undefined ? {} : causeOf(mark);
  return {
    ...judgePastSeverity(status),
    applications: name === undefined ? [] : [name],
    reason: reasonOf(cause),
    cause: causeInWords(cause),
    lostAt: mark?.time ?? status.statusSince,
    customerID: customerOf(status),
  };
};

/** How a loss of these applications has ended, from the status after it. */
export const endOf = (
  status: RegistrationStatus,
  applications: readonly string[],
): LossIn<"over">["endedBy"] => {
  const standings = allStandingsOf(status).filter(({ name }) => applications.includes(name));
  if (standings.length > 0 && standings.every(({ application }) => isRetired(application))) {
    return "retired";
  }
  const isAsked = standings.every(
    ({ standing }) => standing.status === "unregistered" && standing.verdict === "expected",
  );
  // Another loss has begun since: the DN was registered in between.
  return isAsked && status.alertId === undefined ? "requested" : "registered";
};
