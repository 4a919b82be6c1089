import type { ConnectionEvent } from "../lambda/domain/event/connection-event.ts";
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

/** What ends, or begins, registrations: of one DN, or of all that a bridge has on a T-Server. */
export type LoggedEvent =
  | RegistrationEvent
  | (ConnectionEvent & { readonly event: "EventUnregisteredAll" });

type OfDN = Pick<LoggedLoss, "server" | "thisDN">;
const keyOf = ({ server, thisDN }: OfDN): string => JSON.stringify([server, thisDN]);

const causeOf = ({ referenceID, errorCode, errorMessage }: LoggedEvent) => {
  const cause = { referenceID, errorCode, errorMessage };
  return verdictOf(cause) === "unexpected" ? causeInWords(cause) : undefined;
};

/** Remembers the unexpected losses among events that come in the order of their log; more than 100,000 are not kept. */
export const createLosses = () => {
  const losses: LoggedLoss[] = [];
  const missing = new Map<string, number>();
  const registered = new Map<string, OfDN>();
  const lose = ({ server, thisDN }: OfDN, event: LoggedEvent): void => {
    const [key, cause] = [keyOf({ server, thisDN }), causeOf(event)];
    registered.delete(key);
    // A second loss of the same DN without a registration between adds nothing.
    if (cause === undefined || missing.has(key) || losses.length >= mostLosses) return;
    missing.set(key, losses.push({ server, thisDN, lostAt: formatTime(event.time), cause }) - 1);
  };
  const loseAll = (event: LoggedEvent): boolean => {
    const those = [...registered.values()].filter(({ server }) => server === event.server);
    for (const one of those) lose(one, event);
    return those.length > 0 || causeOf(event) === undefined;
  };
  const find = (event: RegistrationEvent): void => {
    const { server, thisDN } = event;
    registered.set(keyOf(event), { server, thisDN });
    const loss = losses[missing.get(keyOf(event)) ?? -1];
    if (loss === undefined) return;
    losses[missing.get(keyOf(event)) ?? -1] = { ...loss, backAt: formatTime(event.time) };
    missing.delete(keyOf(event));
  };
  return {
    /** False where DNs were lost, but it is not known which: none was registered before. */
    see: (event: LoggedEvent): boolean => {
      if (event.event === "EventUnregisteredAll") return loseAll(event);
      if (event.event === "EventRegistered") find(event);
      else lose(event, event);
      return true;
    },
    list: (): readonly LoggedLoss[] => losses,
  };
};
