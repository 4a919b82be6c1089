import type { RegistrationEvent } from "../lambda/domain/event/registration-event.ts";
import { causeInWords } from "../lambda/domain/status/reason.ts";
import { verdictOf } from "../lambda/domain/status/verdict.ts";
import { formatTime } from "../lambda/domain/time.ts";

/** A registration that ended without anybody having asked for it, and when the DN was seen again. */
export type LoggedLoss = {
  readonly server: string;
  readonly thisDN: string;
  readonly lostAt: string;
  readonly cause: string;
  readonly backAt?: string;
};

const mostLosses = 100_000;
const keyOf = ({ server, thisDN }: RegistrationEvent): string => JSON.stringify([server, thisDN]);

const causeOf = ({ referenceID, errorCode, errorMessage }: RegistrationEvent) => {
  const cause = { referenceID, errorCode, errorMessage };
  return verdictOf(cause) === "unexpected" ? causeInWords(cause) : undefined;
};

/** Remembers the unexpected losses among events that come in the order of their log; more than 100,000 are not kept. */
export const createLosses = () => {
  const losses: LoggedLoss[] = [];
  const missing = new Map<string, number>();
  const lose = (event: RegistrationEvent): void => {
    const cause = causeOf(event);
    // A second loss of the same DN without a registration between adds nothing.
    if (cause === undefined || missing.has(keyOf(event)) || losses.length >= mostLosses) return;
    const { server, thisDN } = event;
    missing.set(
      keyOf(event),
      losses.push({ server, thisDN, lostAt: formatTime(event.time), cause }) - 1,
    );
  };
  const find = (event: RegistrationEvent): void => {
    const loss = losses[missing.get(keyOf(event)) ?? -1];
    if (loss === undefined) return;
    losses[missing.get(keyOf(event)) ?? -1] = { ...loss, backAt: formatTime(event.time) };
    missing.delete(keyOf(event));
  };
  return {
    see: (event: RegistrationEvent): void =>
      event.event === "EventRegistered" ? find(event) : lose(event),
    list: (): readonly LoggedLoss[] => losses,
  };
};
