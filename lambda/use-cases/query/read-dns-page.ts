import { chunks } from "../../async/chunks.ts";
import { inParallel } from "../../async/in-parallel.ts";
import { takeFitting } from "../../domain/page.ts";
import { type Registration, toRegistration } from "../../domain/status/registration.ts";
import type { RegistrationStatus, StatusKey } from "../../domain/status/registration-status.ts";
import { compareText } from "../../domain/text.ts";
import type { ReadStatusesOfDn } from "../../ports/statuses.ts";
import type { RegistrationsAt } from "./registrations-at.ts";
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
export type DnsPage = { registrations: readonly Registration[]; next: StatusKey | undefined };

const maxRegistrations = 500;
const width = 20;

/** Builds the reader of the registrations of some DNs, as many as one answer holds. */
export const createReadDnsPage = (dependencies: {
  readStatusesOfDn: ReadStatusesOfDn;
  registrationsAt: RegistrationsAt;
  showRegistrations: ShowRegistrations;
}) => {
  const { readStatusesOfDn, registrationsAt, showRegistrations } = dependencies;

  const readThen = async (
    thisDN: string,
    at: number,
    after: string,
  ): Promise<RegistrationStatus[]> =>
    (await registrationsAt(thisDN, at))
      .filter(({ server }) => compareText(server, after) > 0)
      .sort((a, b) => compareText(a.server, b.server));

  // One more than a page holds shows that there is a next one.
  const readStatuses = async ({ dns, at, after }: DnsQuery): Promise<RegistrationStatus[]> => {
    const statuses: RegistrationStatus[] = [];
    const left = after === undefined ? dns : dns.slice(dns.indexOf(after.thisDN));
    for (const some of chunks(left, width)) {
      const found = await inParallel(width, some, (thisDN) => {
        const from = thisDN === after?.thisDN ? after.server : "";
        return at === undefined
          ? readStatusesOfDn(thisDN, { after: from, limit: maxRegistrations + 1 })
          : readThen(thisDN, at, from);
      });
      statuses.push(...found.flat());
      if (statuses.length > maxRegistrations) break;
    }
    return statuses.slice(0, maxRegistrations + 1);
  };

  return async (query: DnsQuery): Promise<DnsPage> => {
    const statuses = await readStatuses(query);
    const shown =
      query.at === undefined
        ? await showRegistrations(statuses)
        : statuses.map((status) => toRegistration(status));
    const registrations = takeFitting(shown.slice(0, maxRegistrations), (one) => one);
    const isLast = registrations.length === shown.length;
    return { registrations, next: isLast ? undefined : registrations.at(-1) };
  };
};

/** Reads registrations of some DNs (see `createReadDnsPage`). */
export type ReadDnsPage = ReturnType<typeof createReadDnsPage>;
