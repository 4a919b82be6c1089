import type { ReadWindows } from "../alerting/alert-ports.ts";
import type { MaintenanceWindow } from "../alerting/maintenance-window.ts";
import { formatTime } from "../event-time.ts";
import { compareText } from "../text.ts";

const placeOf = ({ end, id }: MaintenanceWindow): string => `${formatTime(end)}#${id}`;

/** Builds the list of the maintenance windows that have not ended, the soonest to end first; `beyond` is a cursor. `now` in microseconds. */
export const createListWindows =
  (readWindows: ReadWindows, now: () => number) =>
  async ({ beyond = "", limit }: { beyond?: string | undefined; limit: number }) => {
    const windows = (await readWindows(now()))
      .map((window) => ({ window, place: placeOf(window) }))
      .filter(({ place }) => compareText(place, beyond) > 0);
    const page = windows.slice(0, limit);
    return {
      windows: page.map(({ window }) => window),
      next: windows.length > limit ? page.at(-1)?.place : undefined,
    };
  };

/** Lists maintenance windows (see `createListWindows`). */
export type ListWindows = ReturnType<typeof createListWindows>;
