import { inParallel, storeWidth } from "../async/in-parallel.ts";
import { retryOnConflict } from "../async/retry-on-conflict.ts";
import type { RegistrationEvent } from "../domain/event/registration-event.ts";
import { advance, type EventGroup, isInStatus } from "../domain/status/advance.ts";
import { type RegistrationStatus, statusKeyText } from "../domain/status/registration-status.ts";
import type { ReadStatuses, WriteStatus } from "../ports/statuses.ts";

/** What recording a status needs of the outside; `now` in microseconds. */
export type RecordStatusesPorts = {
  readStatuses: ReadStatuses;
  writeStatus: WriteStatus;
  now: () => number;
};

/** How one event relates to the stored status: whether it is part of it now, and only since now. */
export type Recorded = { event: RegistrationEvent; isCurrent: boolean; isNew: boolean };

const groupByKey = (events: readonly RegistrationEvent[]): EventGroup[] => {
  const groups = new Map<string, EventGroup>();
  for (const event of events) {
    const group = groups.get(statusKeyText(event));
    groups.set(statusKeyText(event), group === undefined ? [event] : [...group, event]);
  }
  return [...groups.values()];
};

const compare = (
  events: EventGroup,
  before: RegistrationStatus | undefined,
  after: RegistrationStatus,
): Recorded[] =>
  events.map((event) => ({
    event,
    isCurrent: isInStatus(after, event),
    isNew: !isInStatus(before, event),
  }));

/**
 * Builds the recorder of statuses: several events of one DN are one write, on condition that no other writer came in
 * between; else it reads and merges again. What the store will never take is left out. Throws when the store cannot
 * take a write now. Events must be distinct.
 */
export const createRecordStatuses = (ports: RecordStatusesPorts) => {
  const { readStatuses, writeStatus, now } = ports;

  const recordGroup = (
    events: EventGroup,
    stored: RegistrationStatus | undefined,
  ): Promise<Recorded[]> => {
    let before = stored;
    return retryOnConflict("a status", async () => {
      const after = advance(before, events, now());
      const result = after === before ? "written" : await writeStatus(after);
      switch (result) {
        case "conflict":
          [before] = await readStatuses([events[0]]);
          return "conflict";
        case "refused":
          return [];
        case "written":
          return compare(events, before, after);
      }
    });
  };

  return async (events: readonly RegistrationEvent[]): Promise<Recorded[]> => {
    const groups = groupByKey(events);
    const stored = await readStatuses(groups.map(([first]) => first));
    const byKey = new Map(stored.map((status) => [statusKeyText(status), status]));
    const recorded = await inParallel(storeWidth, groups, (group) =>
      recordGroup(group, byKey.get(statusKeyText(group[0]))),
    );
    return recorded.flat();
  };
};
