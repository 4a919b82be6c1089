import { tryAll } from "../../async/try-all.ts";
import { findServersWithHeld } from "../servers-with-held.ts";
import type { EvaluateLosses } from "./evaluate-losses.ts";
import type { EvaluatePorts } from "./evaluate-ports.ts";

const pageSize = 1000;
const width = 4;

/**
 * Builds the function that checks held losses again, of one server or of all: losses that nothing holds any more are
 * evaluated as they are now, as if they had begun now; the others stay held. A server's losses are checked together, as
 * they may be part of one storm. A server that fails does not keep the others waiting; the function throws in the end.
 */
export const createReleaseHeld = (
  { readHeld }: Pick<EvaluatePorts, "readHeld">,
  evaluateLosses: EvaluateLosses,
) => {
  const release = async (server: string): Promise<void> => {
    let from: string | undefined;
    do {
      const { items, next } = await readHeld({ server, limit: pageSize, from });
      if (items.length > 0) await evaluateLosses(server, items);
      from = next;
    } while (from !== undefined);
  };

  return async (server: string | undefined): Promise<void> => {
    const servers = server === undefined ? await findServersWithHeld(readHeld) : [server];
    await tryAll(
      "held losses of a server could not be looked at",
      width,
      [...servers].map((one) => () => release(one)),
    );
  };
};

/** Checks held losses again (see `createReleaseHeld`). */
export type ReleaseHeld = ReturnType<typeof createReleaseHeld>;
