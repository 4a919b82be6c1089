import { chunks } from "../../async/chunks.ts";
import { inParallel } from "../../async/in-parallel.ts";
import { takeFitting } from "../../domain/page.ts";
import type { PastStatus } from "../../domain/status/past-status.ts";
import { type PastRegistration, toPastRegistration } from "../../domain/status/registration.ts";
import type { RegistrationStatus, StatusKey } from "../../domain/status/registration-status.ts";
import { compareText } from "../../domain/text.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";
import { createRowCount, type RegistrationsAt } from "./registrations-at.ts";
import type { ShowRegistrations } from "./show-registrations.ts";

/**
 * Distinct DNs whose registrations to read; `at`: as they were at this T-Server time (microseconds); `after`: the
 * registration, of one of the DNs, with which the page before ended.
 */
export type DnsQuery = {
  dns: readonly string[];
  at?: number | undefined;
  after?: StatusKey | undefined;
};

/** A page of registrations, by DN in the order of the query, then by server; `next` is absent on the last. */
export type DnsPage = { registrations: readonly PastRegistration[]; next: StatusKey | undefined };

/** A DN whose past costs too much to read; from `from` on (T-Server time, microseconds) it costs nothing. */
export type TooCostly = { tooCostly: { thisDN: string; from: number } };

const maxRegistrations = 500;
const width = 20;
// Of the histories of all DNs together: to replay them must take a small part of the function's ten seconds, however many
// applications there are.
const maxRowsOfRequest = 100_000;

type Read<Status> = readonly Status[] | TooCostly;
const isCostly = <Status>(read: Read<Status>): read is TooCostly => "tooCostly" in read;

/** How to read the statuses of a DN behind a server, and how to show them. */
type Reader<Status> = {
  read: (thisDN: string, after: string) => Promise<Read<Status>>;
  show: (statuses: readonly Status[]) => Promise<readonly PastRegistration[]>;
};

const readStatuses = async <Status>(
  { dns, after }: DnsQuery,
  readOne: Reader<Status>["read"],
): Promise<Read<Status>> => {
  const statuses: Status[] = [];
  const left = after === undefined ? dns : dns.slice(dns.indexOf(after.thisDN));
  for (const some of chunks(left, width)) {
    const found = await inParallel(width, some, (thisDN) =>
      readOne(thisDN, thisDN === after?.thisDN ? after.server : ""),
    );
    for (const read of found) {
      if (isCostly(read)) return read;
      statuses.push(...read);
    }
    if (statuses.length > maxRegistrations) break;
  }
  return statuses.slice(0, maxRegistrations + 1);
};

const readPage = async <Status>(
  query: DnsQuery,
  { read, show }: Reader<Status>,
): Promise<DnsPage | TooCostly> => {
  const statuses = await readStatuses(query, read);
  if (isCostly(statuses)) return statuses;
  const shown = await show(statuses);
  const registrations = takeFitting(shown.slice(0, maxRegistrations), (one) => one);
  const isLast = registrations.length === shown.length;
  return { registrations, next: isLast ? undefined : registrations.at(-1) };
};

/** Builds the reader of the registrations of some DNs, as many as one answer holds. */
export const createReadDnsPage = (dependencies: {
  readStatusesOfDn: ReadStatusesOfDn;
  registrationsAt: RegistrationsAt;
  showRegistrations: ShowRegistrations;
}) => {
  const { readStatusesOfDn, registrationsAt, showRegistrations } = dependencies;

  const present: Reader<RegistrationStatus> = {
    // One more than a page holds shows that there is a next one.
    read: async (thisDN, after) => readStatusesOfDn(thisDN, { after, limit: maxRegistrations + 1 }),
    show: showRegistrations,
  };

  const createPast = (at: number): Reader<PastStatus> => {
    const countRow = createRowCount(maxRowsOfRequest);
    return {
      read: async (thisDN, after) => {
        const past = await registrationsAt(thisDN, at, countRow);
        if (past.kind === "too-costly") return { tooCostly: { thisDN, from: past.from } };
        return past.statuses
          .filter(({ server }) => compareText(server, after) > 0)
          .sort((a, b) => compareText(a.server, b.server));
      },
      show: async (statuses) => statuses.map(toPastRegistration),
    };
  };

  return async (query: DnsQuery): Promise<DnsPage | TooCostly> =>
    query.at === undefined ? readPage(query, present) : readPage(query, createPast(query.at));
};

/** Reads registrations of some DNs (see `createReadDnsPage`). */
export type ReadDnsPage = ReturnType<typeof createReadDnsPage>;
