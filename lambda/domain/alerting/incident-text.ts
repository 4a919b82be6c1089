import type { Alert } from "./alert.ts";
import { type AlertText, type Headline, named } from "./headline.ts";
import { remedies } from "./loss-text.ts";

type Incident = Pick<
  Alert,
  "severity" | "count" | "causes" | "dns" | "firstLostAt" | "lastLostAt" | "flapping"
> & { openedAt?: number };

const minute = 60_000_000;

const countDns = (count: number): string =>
  count === 1 ? "1 DN" : `${count.toLocaleString("en")} DNs`;

const losersOf = ({ dns }: Pick<Incident, "dns">) =>
  named([...new Set(dns.flatMap(({ applications }) => applications))]);

const describeCause = ([first, ...others]: Alert["causes"]): string =>
  first === undefined ? "no cause given" : `${others.length === 0 ? "" : "mostly "}${first.cause}`;

const describeTime = ({ firstLostAt, lastLostAt, openedAt = 0 }: Incident): Headline => {
  const first = firstLostAt ?? openedAt;
  const isOneMoment = Math.floor(first / minute) === Math.floor((lastLostAt ?? first) / minute);
  return [isOneMoment ? " at " : " since ", { at: first }];
};

/** Says how many DNs a server has lost, whose, when, and for what main cause; and what that means and what to do. */
export const incidentText = (incident: Incident): AlertText => {
  const { severity, count, causes, dns, flapping } = incident;
  const isSeen = severity === "warning";
  const consequence = isSeen ? "Others still see their calls." : "Their calls are not reported.";
  const category = dns[0]?.reason.category;
  return {
    headline: [
      ...[losersOf(incident), ` lost ${countDns(count)}`, ...describeTime(incident)],
      ...[isSeen ? ", others still see them" : "", flapping ? " (flapping)" : ""],
      { why: describeCause(causes) },
    ],
    advice: [
      `${consequence} So many at once usually have one cause: undo that one change.`,
      ...(category === undefined ? [] : [`Of the first: ${remedies[category]}`]),
    ].join(" "),
  };
};

const endsInWords: Readonly<Record<string, string>> = {
  registered: "registered again",
  requested: "given up on request",
  retired: "retired",
};

/** Says that none of an incident's DNs is missing any more; `resolutions` say how their losses ended. */
export const incidentEndText = (
  incident: Pick<Incident, "count" | "dns" | "firstLostAt"> & { openedAt?: number },
  resolutions: readonly string[],
): AlertText => {
  const { count, firstLostAt, openedAt = 0 } = incident;
  const ends = resolutions.map((one) => endsInWords[one] ?? one).join(" or ");
  return {
    headline: [
      ...["no DN of ", losersOf(incident), " is missing any more: "],
      ...[`${countDns(count)} lost since `, { at: firstLostAt ?? openedAt }],
      `, ${ends || "seen again"}`,
    ],
  };
};
