import type { ConnectionKey, Sweep } from "../../domain/connection/connection.ts";
import { type EndingPurpose, toSweepEvent } from "../../domain/connection/sweep-event.ts";
import type { RegistrationEvent } from "../../domain/event/registration-event.ts";
import { type ListState, listStates } from "../../domain/status/list-key.ts";
import type { RegistrationStatus, StatusKey } from "../../domain/status/registration-status.ts";
import { createRecordStatuses, type Recorded } from "../record-statuses.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";
import { createWriteStaleness } from "./write-staleness.ts";

type Purpose = Sweep["purpose"];

// No bridge signed these events: their history rows have this in place of a key. Retirements of older versions do not
// know whose token it was.
const keyIdOf = (purpose: EndingPurpose): string =>
  purpose.kind === "retire" ? (purpose.tokenId ?? "retirement") : "derived";

/** The lists that a sweep reads: a retired registration may have been lost before. */
export const statesOf = (purpose: Purpose | undefined): readonly ListState[] =>
  purpose?.kind === "retire" ? listStates : ["registered", "mixed"];

/**
 * Builds the function that applies a sweep to some statuses; without a purpose, it marks them as their connection
 * requires.
 */
export const createSweepStatuses = (ports: EvaluatePorts) => {
  const { readStatuses, writeHistory, emitMetrics, hash, now } = ports;
  const recordStatuses = createRecordStatuses(ports);
  const writeStaleness = createWriteStaleness(ports);

  const countLosses = (recorded: readonly Recorded[]): void => {
    const value = recorded.filter(
      ({ event, isNew }) => isNew && event.derived !== undefined,
    ).length;
    if (value > 0) emitMetrics([{ name: "DerivedLosses", value, unit: "Count" }]);
  };

  const toEvents = (
    { server, thisDN, applications }: RegistrationStatus,
    application: string,
    purpose: EndingPurpose,
  ): RegistrationEvent[] => {
    const marks = new Map(Object.entries(applications)).get(application);
    if (marks === undefined) return [];
    const event = toSweepEvent({ server, application, thisDN, marks }, purpose, hash);
    return event === undefined ? [] : [event];
  };

  const endAll = async (
    statuses: readonly RegistrationStatus[],
    application: string,
    purpose: EndingPurpose,
  ): Promise<void> => {
    const events = statuses.flatMap((status) => toEvents(status, application, purpose));
    const receivedAt = now();
    const outcome = "applied" as const;
    const keyId = keyIdOf(purpose);
    // The history first, unlike for events that a bridge repeats: the sweep does not find a status again once it has
    // ended.
    await writeHistory(events.map((event) => ({ ...event, receivedAt, outcome, keyId })));
    countLosses(await recordStatuses(events));
  };

  return async (
    purpose: Purpose | undefined,
    keys: readonly StatusKey[],
    key: ConnectionKey,
  ): Promise<void> =>
    purpose === undefined || purpose.kind === "mark"
      ? writeStaleness(keys, key)
      : endAll(await readStatuses(keys), key.application, purpose);
};
