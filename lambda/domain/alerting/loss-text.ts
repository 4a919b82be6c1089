import type { Category } from "../status/error-codes.ts";
import {
  type NamedStanding,
  type RegistrationStatus,
  standingsOf,
} from "../status/registration-status.ts";
import type { AlertMember } from "./alert.ts";
import { countApplications } from "./bound-loss.ts";
import { type AlertText, type Headline, named } from "./headline.ts";
import type { LossIn, LossRecord } from "./loss.ts";
import { sureStandingsOf } from "./severity.ts";
import { causeOf } from "./summarize-losses.ts";

const registeredOf = (status: RegistrationStatus | undefined): NamedStanding[] =>
  (status === undefined ? [] : standingsOf(status)).filter(
    ({ standing }) => standing.status === "registered",
  );

const namesOf = (standings: readonly NamedStanding[]) => named(standings.map(({ name }) => name));

/** Where a DN is registered now, as its alert shows it. */
type Elsewhere = Pick<AlertMember, "registeredOn" | "registeredOnCount">;

type Seen = { words: Headline; advice: string };

const describeSeen = (status: RegistrationStatus | undefined): Seen => {
  const others = registeredOf(status);
  const sure = status === undefined ? [] : sureStandingsOf(status);
  if (others.length === 0) return { words: [], advice: "Its calls are not reported." };
  if (sure.length > 0)
    return {
      words: [", still seen by ", namesOf(sure)],
      advice: "Its calls are still reported: it can wait until morning, if that will do.",
    };
  return {
    words: [", ", namesOf(others), " silent"],
    advice:
      "Its calls may not be reported: the other bridge that sees it is silent. Start that one first.",
  };
};

const describeElsewhere = ({ registeredOn = [], registeredOnCount }: Elsewhere): Headline =>
  registeredOn.length === 0 ? [] : [", now on ", named(registeredOn, registeredOnCount)];

/** Where to look for the cause of a loss. */
export const remedies: Readonly<Record<Category, string>> = {
  requested: "Ask who gave it up.",
  configuration:
    "Ask who deleted, disabled or changed it in Configuration Manager; put it back or, if it is gone for good, retire it.",
  link: "Look for an alert about the server; if there is none, check the T-Server and the switch.",
  service: "Read the T-Server's log of that time: a service is missing.",
  capacity: "Read the T-Server's log of that time: a licence or a resource is missing.",
  other: "Read the bridge's log: did it register the DN, and what was the answer?",
  "none-given": "Read the bridge's log: did it register the DN, and what was the answer?",
};

type DescribedLoss = Pick<
  LossRecord,
  "thisDN" | "server" | "applications" | "applicationsCount" | "lostAt" | "cause" | "reason"
>;

const losersOf = (loss: DescribedLoss) => named(loss.applications, countApplications(loss));

/** Says who lost what, when and why, what it means and what to do: written for an operator woken at 3 a.m. */
export const lossText = (
  loss: DescribedLoss,
  status: RegistrationStatus | undefined,
  elsewhere: Elsewhere = {},
): AlertText => {
  const { thisDN, lostAt, reason } = loss;
  const seen = describeSeen(status);
  return {
    headline: [
      ...[losersOf(loss), " lost DN ", named([thisDN]), " at ", { at: lostAt }],
      ...[...seen.words, ...describeElsewhere(elsewhere), { why: causeOf(loss) }],
    ],
    advice: `${seen.advice} ${remedies[reason.category]}`,
  };
};

/** Says that a DN comes and goes, how often so far and why. */
export const flappingText = (
  loss: DescribedLoss,
  { relapses, openedAt }: { relapses: number; openedAt: number },
): AlertText => ({
  headline: [
    ...[losersOf(loss), " lost DN ", named([loss.thisDN])],
    ...[` ${relapses + 1} times since `, { at: openedAt }, " (flapping)", { why: causeOf(loss) }],
  ],
  advice: `It comes back and is lost again. ${remedies[loss.reason.category]}`,
});

/**
 * Says how a loss has ended: the DN is registered again, by which applications and since when, or it was unregistered
 * on request, or retired.
 */
export const lossEndText = (
  loss: Pick<LossRecord, "thisDN" | "applications" | "applicationsCount">,
  status: RegistrationStatus | undefined,
  endedBy: LossIn<"over">["endedBy"] | undefined,
): AlertText => {
  const dn = named([loss.thisDN]);
  const losers = named(loss.applications, countApplications(loss));
  if (endedBy === "retired") return { headline: ["DN ", dn, " of ", losers, " was retired"] };
  const registered = registeredOf(status);
  if (registered.length > 0) {
    const since = Math.max(...registered.map(({ application }) => application.statusSince));
    const again = ["DN ", dn, " seen again by ", namesOf(registered), " since ", { at: since }];
    return { headline: again };
  }
  const given: Headline =
    status !== undefined && endedBy === "requested"
      ? [" was registered again, then given up on request at ", { at: status.statusSince }]
      : [" was seen again"];
  return { headline: ["DN ", dn, " of ", losers, ...given] };
};
