import type { MaintenanceWindow } from "../../domain/alerting/maintenance-window.ts";
import { takeFitting } from "../../domain/page.ts";
import { compareText } from "../../domain/text.ts";
import { formatTime } from "../../domain/time.ts";
import type { ReadWindows } from "../../ports/windows.ts";
import { toWindowView } from "./window-view.ts";

const placeOf = ({ end, id }: MaintenanceWindow): string => `${formatTime(end)}#${id}`;

/**
 * Builds the list of the maintenance windows that have not ended, the earliest end first; `beyond` is a cursor. `now`
 * in microseconds.
 */
export const createListWindows =
  (readWindows: ReadWindows, now: () => number) =>
  async ({ beyond = "", limit }: { beyond?: string | undefined; limit: number }) => {
    const windows = (await readWindows(now()))
      .map((window) => ({ window, place: placeOf(window) }))
      .filter(({ place }) => compareText(place, beyond) > 0);
    const page = takeFitting(windows.slice(0, limit), ({ window }) => toWindowView(window));
    return {
      windows: page.map(({ window }) => window),
      next: windows.length > page.length ? page.at(-1)?.place : undefined,
    };
  };

/** Lists maintenance windows (see `createListWindows`). */
export type ListWindows = ReturnType<typeof createListWindows>;
