import { joinNames, maxNamesInTitle } from "../bounds.ts";
import {
  type NamedStanding,
  type RegistrationStatus,
  standingsOf,
} from "../status/registration-status.ts";
import { formatTime } from "../time.ts";
import type { AlertMember } from "./alert.ts";
import { countApplications } from "./bound-loss.ts";
import type { LossIn, LossRecord } from "./loss.ts";
import { sureStandingsOf } from "./severity.ts";
import { causeOf } from "./summarize-losses.ts";

/** Hours and minutes of a time in microseconds, as a pager shows it. */
export const clockTime = (micros: number): string => `${formatTime(micros).slice(11, 16)} UTC`;

const inWords = (names: readonly string[], count = names.length): string =>
  joinNames(names, maxNamesInTitle, count);

const registeredOf = (status: RegistrationStatus | undefined): NamedStanding[] =>
  (status === undefined ? [] : standingsOf(status)).filter(
    ({ standing }) => standing.status === "registered",
  );

const namesOf = (standings: readonly NamedStanding[]): string =>
  inWords(standings.map(({ name }) => name));

const describeSeen = (others: readonly NamedStanding[], sure: readonly NamedStanding[]): string => {
  if (others.length === 0) return "Its calls are not reported.";
  if (sure.length > 0) return `Still seen by ${namesOf(sure)}.`;
  return `Its calls may not be reported: there is no word from ${namesOf(others)}.`;
};

/** Where a DN is registered now, as its alert shows it. */
type Elsewhere = Pick<AlertMember, "registeredOn" | "registeredOnCount">;

const describeConsequence = (
  status: RegistrationStatus | undefined,
  { registeredOn = [], registeredOnCount }: Elsewhere,
): string => {
  const others = registeredOf(status);
  const sure = status === undefined ? [] : sureStandingsOf(status);
  const seen = describeSeen(others, sure);
  const servers = inWords(registeredOn, registeredOnCount);
  return registeredOn.length === 0 ? seen : `${seen} Now registered on ${servers}.`;
};

type TitledLoss = Pick<
  LossRecord,
  "thisDN" | "server" | "applications" | "applicationsCount" | "lostAt" | "cause" | "reason"
>;

const losersOf = (loss: TitledLoss): string => inWords(loss.applications, countApplications(loss));

/** Says who lost what, where, when and why, and what it means: written for an operator woken at 3 a.m. */
export const lossTitle = (
  loss: TitledLoss,
  status: RegistrationStatus | undefined,
  elsewhere: Elsewhere = {},
): string => {
  const { thisDN, server, lostAt } = loss;
  const what = `${losersOf(loss)} lost DN ${thisDN} on ${server} at ${clockTime(lostAt)}`;
  return `${what}: ${causeOf(loss)}. ${describeConsequence(status, elsewhere)}`;
};

/** Says that a DN comes and goes, how often so far and why. */
export const flappingTitle = (
  loss: TitledLoss,
  { relapses, openedAt }: { relapses: number; openedAt: number },
): string => {
  const { thisDN, server } = loss;
  return `DN ${thisDN} on ${server} is flapping: lost ${relapses + 1} times since ${clockTime(openedAt)}, last by ${losersOf(loss)}: ${causeOf(loss)}.`;
};

/**
 * Says how a loss has ended: the DN is registered again, by which applications and since when, or it was unregistered
 * on request, or retired.
 */
export const lossEndTitle = (
  { thisDN, server }: Pick<LossRecord, "thisDN" | "server">,
  status: RegistrationStatus | undefined,
  endedBy: LossIn<"over">["endedBy"] | undefined,
): string => {
  const dn = `DN ${thisDN} on ${server}`;
  if (endedBy === "retired") return `${dn} was retired.`;
  const registered = registeredOf(status);
  if (registered.length > 0) {
    const since = Math.max(...registered.map(({ application }) => application.statusSince));
    return `${dn} has been seen again by ${namesOf(registered)} since ${clockTime(since)}.`;
  }
  return status !== undefined && endedBy === "requested"
    ? `${dn} was registered again, then given up on request at ${clockTime(status.statusSince)}.`
    : `${dn} was seen again.`;
};
