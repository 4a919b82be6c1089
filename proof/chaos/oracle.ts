import type { LoadEvent } from "./load.ts";

/** What the API must say of an application's registration. */
export type ExpectedApplication = {
  readonly name: string;
  readonly status: string;
  readonly verdict?: string | undefined;
  readonly confirmedAt: string;
};
/** What the API must say of a DN on a server. */
export type ExpectedRegistration = {
  readonly thisDN: string;
  readonly server: string;
  readonly status: string;
  readonly verdict?: string | undefined;
  readonly confirmedAt: string;
  readonly applications: readonly ExpectedApplication[];
};

// Written from the documents, without any code of the adapter: an error there must not be repeated here.
const timeText = (micros: number): string => {
  const seconds = new Date(Math.floor(micros / 1_000_000) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(micros % 1_000_000).padStart(6, "0")}Z`;
};

const lastOf = (events: readonly LoadEvent[]): number =>
  Math.max(0, ...events.map(({ time }) => time));

/** An application: registered when its newest event says so; a loss stays one, whatever was asked for after it, until it is registered again. */
const judgeApplication = (name: string, events: readonly LoadEvent[]): ExpectedApplication => {
  const ends = events.filter(({ event }) => event === "EventUnregistered");
  const registered = lastOf(events.filter(({ event }) => event === "EventRegistered"));
  const lost = lastOf(ends.filter(({ isAsked }) => !isAsked));
  const isRegistered = registered > lastOf(ends);
  const unexpectedly = lost > registered ? "unexpected" : "expected";
  return {
    name,
    status: isRegistered ? "registered" : "unregistered",
    verdict: isRegistered ? undefined : unexpectedly,
    confirmedAt: timeText(lastOf(events)),
  };
};

/** A DN: registered while one application is; one that is missing unexpectedly outweighs one that is missing as expected. */
const judgeNumber = (events: readonly LoadEvent[]): ExpectedRegistration[] => {
  const [first] = events;
  if (first === undefined) return [];
  const byName = Map.groupBy(events, ({ application }) => application);
  const applications = [...byName]
    .map(([name, own]) => judgeApplication(name, own))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const verdicts = applications.map(({ verdict }) => verdict);
  const isSeen = applications.some(({ status }) => status === "registered");
  return [
    {
      thisDN: first.thisDN,
      server: first.server,
      status: isSeen ? "registered" : "unregistered",
      verdict: ["unexpected", "expected"].find((verdict) => verdicts.includes(verdict)),
      confirmedAt: timeText(lastOf(events)),
      applications,
    },
  ];
};

/** The end state that these events lead to, in whatever order they came, one text for each DN on each server. */
export const expectedState = (events: readonly LoadEvent[]): ExpectedRegistration[] =>
  [...Map.groupBy(events, ({ server, thisDN }) => `${server} ${thisDN}`).values()].flatMap(
    judgeNumber,
  );
