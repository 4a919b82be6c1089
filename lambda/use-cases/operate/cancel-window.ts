import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { ReadHeld } from "../../ports/losses.ts";
import type { DeleteWindow, ReadWindows } from "../../ports/windows.ts";

/** What cancelling a window needs of the outside; `now` in microseconds. */
export type CancelWindowDependencies = {
  readWindows: ReadWindows;
  deleteWindow: DeleteWindow;
  readHeld: ReadHeld;
  requestEvaluation: RequestEvaluation;
  now: () => number;
};

const heldAtOnce = 500;

/** Builds what takes a maintenance window away and has the losses that it held evaluated; false where there is none of this id. */
export const createCancelWindow = (dependencies: CancelWindowDependencies) => {
  const { readWindows, deleteWindow, readHeld, requestEvaluation, now } = dependencies;

  const findServersWithHeld = async (): Promise<Set<string>> => {
    const servers = new Set<string>();
    let from: string | undefined;
    do {
      const part = await readHeld({ server: undefined, limit: heldAtOnce, from });
      for (const { server } of part.items) servers.add(server);
      from = part.next;
    } while (from !== undefined);
    return servers;
  };

  return async (id: string): Promise<boolean> => {
    const window = (await readWindows(now())).find((one) => one.id === id);
    if (!(await deleteWindow(id))) return false;
    // One that has ended holds nothing any more.
    if (window === undefined) return true;
    const servers = window.server === undefined ? await findServersWithHeld() : [window.server];
    const requests = [...servers].map((server) => ({
      message: { kind: "release" as const, server },
      delaySeconds: 0,
    }));
    if (requests.length > 0) await requestEvaluation(requests);
    return true;
  };
};

/** Takes a maintenance window away (see `createCancelWindow`). */
export type CancelWindow = ReturnType<typeof createCancelWindow>;
