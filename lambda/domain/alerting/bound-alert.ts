import { cutText, storedBytesOf, takeWithin } from "../bounds.ts";
import { boundReason, maxCauseLength } from "../status/reason.ts";
import type { Alert, AlertMember, TimelineEntry } from "./alert.ts";
import { boundApplications } from "./bound-loss.ts";
import { boundText } from "./headline.ts";

/** How many DNs an alert shows; it counts all. */
export const maxMembers = 100;

// Together they stay below what an item may hold, 400 KB, with room for the keys.
const maxMembersBytes = 150_000;
const maxTimelineBytes = 150_000;
const maxListBytes = 30_000;

const maxServers = 20;
const maxCauses = 20;
const maxCustomers = 50;
const maxWhatLength = 1_000;
const maxNoteLength = 500;

/** The other servers where a DN is registered as an alert shows them: the first 20, and how many where that is not all. */
export const boundServers = ({
  registeredOn = [],
  registeredOnCount = registeredOn.length,
}: Pick<AlertMember, "registeredOn" | "registeredOnCount">) => {
  const shown = registeredOn.slice(0, maxServers);
  return {
    ...(shown.length === 0 ? {} : { registeredOn: shown }),
    ...(registeredOnCount > shown.length ? { registeredOnCount } : {}),
  };
};

/** The causes and customers that an alert keeps of many. */
export const takeCauses = (causes: Alert["causes"]): Alert["causes"] => causes.slice(0, maxCauses);
export const takeCustomers = (customers: readonly string[]): string[] =>
  customers.slice(0, maxCustomers);

const boundMember = ({ registeredOn, registeredOnCount, ...member }: AlertMember): AlertMember => ({
  ...member,
  ...boundApplications(member),
  ...boundServers({ registeredOn, registeredOnCount }),
  reason: boundReason(member.reason),
});

const boundCause = ({ cause, count }: Alert["causes"][number]) => ({
  cause: cutText(cause, maxCauseLength),
  count,
});

const boundNote = (text: string | undefined) => text && cutText(text, maxNoteLength);

const boundRemark = <Entry extends Pick<TimelineEntry, "author" | "onBehalfOf" | "note">>(
  entry: Entry,
): Entry => ({
  ...entry,
  author: boundNote(entry.author),
  onBehalfOf: boundNote(entry.onBehalfOf),
  note: boundNote(entry.note),
});

/** A timeline that an item can hold: its first entry and the newest ones. */
export const boundTimeline = ([first, ...others]: readonly TimelineEntry[]): TimelineEntry[] => {
  const entries = [...(first === undefined ? [] : [first]), ...others.toReversed()].map((entry) =>
    boundRemark({ ...entry, what: cutText(entry.what, maxWhatLength) }),
  );
  const [kept, ...newest] = takeWithin(entries, maxTimelineBytes, storedBytesOf);
  return kept === undefined ? [] : [kept, ...newest.toReversed()];
};

/**
 * An alert with every list and text no longer than it may be, however it was stored: its item can always be written.
 * DNs that do not fit are left out; `count` counts them all the same.
 */
export const boundAlert = <One extends Alert>(alert: One): One => {
  const { text, endText, acknowledgement, dns, causes, customers, timeline } = alert;
  const members = dns.slice(0, maxMembers).map(boundMember);
  return {
    ...alert,
    text: boundText(text),
    ...(endText === undefined ? {} : { endText: boundText(endText) }),
    ...(acknowledgement === undefined ? {} : { acknowledgement: boundRemark(acknowledgement) }),
    dns: takeWithin(members, maxMembersBytes, storedBytesOf),
    causes: takeWithin(takeCauses(causes).map(boundCause), maxListBytes, storedBytesOf),
    customers: takeWithin(takeCustomers(customers), maxListBytes, storedBytesOf),
    timeline: boundTimeline(timeline),
  };
};
