import { registrationOf } from "./registration-of.ts";
import type { SourceEvent } from "./source-event.ts";

/**
 * The DNs that events are about, on whatever T-Server, as not every event names it; undefined among them stands for an event
 * about more than one DN, or about the bridge itself, whose order among all others matters.
 */
export type Concerns = ReadonlySet<string | undefined>;

const concernOf = (event: SourceEvent): string | undefined => {
  const aboutBridge = event.session ?? event.registered ?? event.closing;
  return aboutBridge === undefined ? registrationOf(event)?.thisDN : undefined;
};

/**
 * The first of these events that may be sent while others are on their way: those of a DN keep their order. With what
 * they are about.
 */
export const besideOthers = <Event extends SourceEvent>(
  events: readonly Event[],
  others: readonly Concerns[],
): { readonly events: readonly Event[]; readonly concerns: Concerns } => {
  const taken = new Set(others.flatMap((one) => [...one]));
  const isFree = (concern: string | undefined): boolean =>
    others.length === 0 || !(concern === undefined || taken.has(undefined) || taken.has(concern));
  const concerns = new Set<string | undefined>();
  const free: Event[] = [];
  for (const event of events) {
    const concern = concernOf(event);
    if (!isFree(concern)) break;
    free.push(event);
    concerns.add(concern);
  }
  return { events: free, concerns };
};
