import { formatTime } from "../event-time.ts";
import { causeInWords } from "../status/reason.ts";
import {
  coverageOf,
  type NamedStanding,
  type RegistrationStatus,
  standingsOf,
} from "../status/registration-status.ts";
import { compareText } from "../text.ts";

const clock = (micros: number): string => `${formatTime(micros).slice(11, 16)} UTC`;
const names = (standings: readonly NamedStanding[]): string =>
  standings
    .map(({ name }) => name)
    .sort(compareText)
    .join(" and ");
const registeredOf = (status: RegistrationStatus): NamedStanding[] =>
  standingsOf(status).filter(({ standing }) => standing.status === "registered");

/** Says who lost what, where, when and why, and what it means: for somebody woken at 3 a.m. */
export const lossTitle = (status: RegistrationStatus): string => {
  const { lost } = coverageOf(status);
  const [newest] = lost;
  if (newest === undefined) return "";
  const others = registeredOf(status);
  const when = clock(newest.application.statusSince);
  const cause = causeInWords(newest.standing.cause);
  const consequence =
    others.length === 0 ? "Its calls are not reported." : `Still seen by ${names(others)}.`;
  return `${names(lost)} lost DN ${status.thisDN} on ${status.server} at ${when}: ${cause}. ${consequence}`;
};

/** Says how a loss ended: the DN is seen again, by whom and since when, or it came back and was then given up by request. */
export const endTitle = (status: RegistrationStatus): string => {
  const registered = registeredOf(status);
  const dn = `DN ${status.thisDN} on ${status.server}`;
  if (registered.length === 0) {
    return `${dn} was registered again, then given up by request at ${clock(status.statusSince)}.`;
  }
  const since = Math.max(...registered.map(({ application }) => application.statusSince));
  return `${dn} is seen again by ${names(registered)} since ${clock(since)}.`;
};
