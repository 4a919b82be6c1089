import { inParallel } from "../async/in-parallel.ts";
import type { RegistrationEvent } from "../domain/event/registration-event.ts";
import { advance, type EventGroup, isInStatus } from "../domain/status/advance.ts";
import type { RegistrationStatus, StatusKey } from "../domain/status/registration-status.ts";
import type { ReadStatuses, WriteStatus } from "../ports/statuses.ts";

/** What recording a status needs of the outside; `now` in microseconds. */
export type RecordStatusesDependencies = {
  readStatuses: ReadStatuses;
  writeStatus: WriteStatus;
  now: () => number;
};

/** How one event stands to the stored status: part of it now, and only since now. */
export type Recorded = { event: RegistrationEvent; isCurrent: boolean; isNew: boolean };

/** How many requests to the store are under way at once. */
export const width = 50;
const maxConflicts = 20;

const textOf = ({ thisDN, server }: StatusKey): string => JSON.stringify([thisDN, server]);

const groupByKey = (events: readonly RegistrationEvent[]): EventGroup[] => {
  const groups = new Map<string, EventGroup>();
  for (const event of events) {
    const group = groups.get(textOf(event));
    groups.set(textOf(event), group === undefined ? [event] : [...group, event]);
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
 * Builds the recorder of statuses: several events of one DN are one write, on condition that nobody wrote in between;
 * else it reads and merges again. What the store will never take is left out. Throws when it cannot take a write now.
 * Events must be distinct.
 */
export const createRecordStatuses = (dependencies: RecordStatusesDependencies) => {
  const { readStatuses, writeStatus, now } = dependencies;

  const recordGroup = async (
    events: EventGroup,
    before: RegistrationStatus | undefined,
    conflicts = 0,
  ): Promise<Recorded[]> => {
    if (conflicts === maxConflicts) {
      throw new Error(`a status was written by others ${maxConflicts} times in a row`);
    }
    const after = advance(before, events, now());
    const result = after === before ? "written" : await writeStatus(after);
    switch (result) {
      case "conflict":
        return readAndRecord(events, conflicts + 1);
      case "refused":
        return [];
      case "written":
        return compare(events, before, after);
    }
  };

  const readAndRecord = async (events: EventGroup, conflicts: number): Promise<Recorded[]> => {
    const [current] = await readStatuses([events[0]]);
    return recordGroup(events, current, conflicts);
  };

  return async (events: readonly RegistrationEvent[]): Promise<Recorded[]> => {
    const groups = groupByKey(events);
    const stored = await readStatuses(groups.map(([first]) => first));
    const byKey = new Map(stored.map((status) => [textOf(status), status]));
    const recorded = await inParallel(width, groups, (group) =>
      recordGroup(group, byKey.get(textOf(group[0]))),
    );
    return recorded.flat();
  };
};
