import { inParallel } from "../in-parallel.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import type { EvaluateLosses } from "./evaluate-losses.ts";

const pageSize = 1000;
const width = 4;

/**
 * Builds what looks again at losses that are held, of one server or of all: those that nothing holds any more are evaluated as
 * they are now, as if they had begun now; the others stay held.
 */
export const createReleaseHeld =
  ({
    readHeld,
    evaluateLosses,
  }: Pick<AlertingDependencies, "readHeld"> & { evaluateLosses: EvaluateLosses }) =>
  async (server: string | undefined): Promise<void> => {
    let from: string | undefined;
    do {
      const { items, next } = await readHeld({ server, limit: pageSize, from });
      const byServer = [...Map.groupBy(items, (loss) => loss.server)];
      await inParallel(width, byServer, ([name, losses]) => evaluateLosses(name, losses));
      from = next;
    } while (from !== undefined);
  };
