import { findServersWithHeld } from "../servers-with-held.ts";
import type { OperatePorts } from "./operate-ports.ts";

/**
 * Builds the function that cancels a maintenance window and has the losses that it held evaluated; false where no
 * window has this id.
 */
export const createCancelWindow = (
  ports: Pick<
    OperatePorts,
    "readWindows" | "deleteWindow" | "readHeld" | "requestEvaluation" | "now"
  >,
) => {
  const { readWindows, deleteWindow, readHeld, requestEvaluation, now } = ports;

  return async (id: string): Promise<boolean> => {
    const window = (await readWindows(now())).find((one) => one.id === id);
    if (!(await deleteWindow(id))) return false;
    // A window that has ended holds nothing any more.
    if (window === undefined) return true;
    const servers =
      window.server === undefined ? await findServersWithHeld(readHeld) : [window.server];
    const requests = [...servers].map((server) => ({
      message: { kind: "release" as const, server },
      delaySeconds: 0,
    }));
    if (requests.length > 0) await requestEvaluation(requests);
    return true;
  };
};

/** Cancels a maintenance window (see `createCancelWindow`). */
export type CancelWindow = ReturnType<typeof createCancelWindow>;
