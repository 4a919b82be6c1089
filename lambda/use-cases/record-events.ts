import type { RegistrationEvent } from "../domain/event/registration-event.ts";
import { createRecordHistory, type Outcome, type RecordHistoryPorts } from "./record-history.ts";
import { createRecordStatuses, type RecordStatusesPorts } from "./record-statuses.ts";

/**
 * Records events that arrived together and returns each one's outcome, in their order. Throws when the store cannot
 * take them now.
 */
export type RecordEvents = (
  events: readonly RegistrationEvent[],
  keyId: string,
) => Promise<Outcome[]>;

// An event that came again in a later session counts as an event of that session.
const collapse = (events: readonly RegistrationEvent[]): Map<string, RegistrationEvent> => {
  const distinct = new Map<string, RegistrationEvent>();
  for (const event of events) {
    const { session = 0 } = distinct.get(event.id) ?? {};
    if (!distinct.has(event.id) || session < (event.session ?? 0)) distinct.set(event.id, event);
  }
  return distinct;
};

/**
 * Builds the recorder: status first, then history, and only then the answer, so that after a crash anywhere a repetition
 * leaves the same as no crash (ADR 0003).
 */
export const createRecordEvents = (
  ports: RecordStatusesPorts & RecordHistoryPorts,
): RecordEvents => {
  const recordStatuses = createRecordStatuses(ports);
  const recordHistory = createRecordHistory(ports);

  return async (events, keyId) => {
    const distinct = collapse(events);
    const recorded = await recordStatuses([...distinct.values()]);
    const outcomes = await recordHistory(recorded, keyId);
    return events.map(({ id }) => {
      const outcome = outcomes.get(id) ?? "refused";
      const isRepeated = !distinct.delete(id);
      return isRepeated && outcome !== "refused" ? "duplicate" : outcome;
    });
  };
};
