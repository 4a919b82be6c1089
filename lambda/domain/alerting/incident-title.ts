import type { Alert } from "./alert.ts";
import { clockTime } from "./loss-title.ts";

type Incident = Pick<
  Alert,
  "server" | "severity" | "count" | "causes" | "firstLostAt" | "lastLostAt"
>;

const countDns = (count: number): string => (count === 1 ? "1 DN" : `${count} DNs`);

const timesOf = (first: number, last: number): string => {
  const [from, to] = [clockTime(first), clockTime(last)];
  return from === to ? `at ${from}` : `between ${from.slice(0, 5)} and ${to}`;
};

const describeCause = ([first, ...others]: Alert["causes"]): string =>
  first === undefined ? "no cause given" : `${others.length === 0 ? "" : "mostly "}${first.cause}`;

/** Says how many DNs a server has lost, when, and for what main cause. */
export const incidentTitle = (incident: Incident): string => {
  const { server, severity, count, causes, firstLostAt = 0, lastLostAt = firstLostAt } = incident;
  const consequence =
    severity === "critical"
      ? "Their calls are not reported."
      : "Other applications still see them.";
  return `${server} lost ${countDns(count)} ${timesOf(firstLostAt, lastLostAt)}: ${describeCause(causes)}. ${consequence}`;
};

const endsInWords: Readonly<Record<string, string>> = {
  registered: "registered again",
  requested: "given up on request",
  retired: "retired",
};

/** Says that none of an incident's DNs is missing any more; `resolutions` say how their losses ended. */
export const incidentEndTitle = (
  { server, count, firstLostAt = 0 }: Pick<Incident, "server" | "count" | "firstLostAt">,
  resolutions: readonly string[],
): string => {
  const ends = resolutions.map((one) => endsInWords[one] ?? one).join(" or ");
  return `No DN is missing any more on ${server}: ${countDns(count)} lost since ${clockTime(firstLostAt)}, ${ends || "seen again"}.`;
};
