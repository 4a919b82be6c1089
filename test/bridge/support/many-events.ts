import { env } from "node:process";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import { readEvent } from "../../../lambda/domain/event/read-event.ts";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { createRecordEvents } from "../../../lambda/use-cases/record-events.ts";
import { createInMemoryStore } from "../../support/in-memory-store.ts";

const { KILL_TEST_EVENTS = "6000" } = env;

/** How many events the kill tests send; `KILL_TEST_EVENTS` changes it (npm run test:long sends 20,000). */
export const manyCount = Number(KILL_TEST_EVENTS);

const causes = [59, 123, 128, 212];

/** One event of a busy history: DNs come, are lost, are given up and come again, a millisecond after each other. */
const eventAt = (index: number, dns: number, startSeconds: number): Record<string, unknown> => {
  const turn = Math.floor(index / dns);
  const common = {
    Server: 65_200,
    ThisDN: String(7_000 + ((index * 7) % dns)),
    time: { sec: startSeconds + Math.floor(index / 1000), usec: (index % 1000) * 1000 },
    CustomerID: "Retail",
  };
  if (turn % 2 === 0) {
    const info = { InfoType: 8, "InfoStatus.AddressType": 1, Extensions: {} };
    return { Event: "EventRegistered", ...common, ReferenceID: index + 1, ...info };
  }
  const isAsked = index % 3 === 0;
  const reason = isAsked
    ? { ReferenceID: index + 1 }
    : { ErrorCode: causes[index % causes.length] };
  return { Event: "EventUnregistered", ...common, ...reason };
};

/** Events of yesterday for some DNs, as lines of NDJSON. */
export const manyEvents = (count = manyCount, dns = 1_000): string[] => {
  const startSeconds = Math.floor(Date.now() / 1000) - 86_400;
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify(eventAt(index, dns, startSeconds)),
  );
};

/** What decides a status, without what only the order of arrival decides. */
export const decidedBy = (statuses: readonly RegistrationStatus[]) =>
  statuses
    .map(({ thisDN, server, applications }) => {
      const marks = Object.values(applications).map(({ statusSince: _, ...marks }) => marks);
      return { key: `${thisDN} ${server}`, names: Object.keys(applications), marks };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));

/** The end state that these lines lead to, worked out by the domain itself in one go. */
export const endStateOf = async (lines: readonly string[], serverName: string) => {
  const store = createInMemoryStore();
  const record = createRecordEvents({ ...store, now: () => Date.now() * 1000 });
  const events = lines.flatMap((line) => {
    const read = readEvent(JSON.parse(line), "", {
      application: "bridge-a",
      keyServerName: serverName,
      requestServerName: undefined,
      now: Date.now() * 1000,
      hash: hashText,
    });
    return read.kind === "event" ? [read.event] : [];
  });
  for (let from = 0; from < events.length; from += 500)
    await record(events.slice(from, from + 500), "key_00000001");
  return { statuses: decidedBy([...store.statuses.values()]), historySize: store.history.size };
};
