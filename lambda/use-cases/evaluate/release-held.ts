import { inParallel } from "../../async/in-parallel.ts";
import { createTryEach } from "../../async/try-each.ts";
import type { AlertingDependencies } from "./alerting-dependencies.ts";
import type { EvaluateLosses } from "./evaluate-losses.ts";

const pageSize = 1000;
const width = 4;

/**
 * Builds what looks again at losses that are held, of one server or of all: those that nothing holds any more are evaluated as
 * they are now, as if they had begun now; the others stay held. A server's losses are looked at together, as they may fall
 * together. A server that fails does not keep the others waiting; then it throws in the end.
 */
export const createReleaseHeld = ({
  readHeld,
  evaluateLosses,
}: Pick<AlertingDependencies, "readHeld"> & { evaluateLosses: EvaluateLosses }) => {
  const findServers = async (): Promise<Set<string>> => {
    const servers = new Set<string>();
    let from: string | undefined;
    do {
      const { items, next } = await readHeld({ server: undefined, limit: pageSize, from });
      for (const { server } of items) servers.add(server);
      from = next;
    } while (from !== undefined);
    return servers;
  };

  const release = async (server: string): Promise<void> => {
    let from: string | undefined;
    do {
      const { items, next } = await readHeld({ server, limit: pageSize, from });
      if (items.length > 0) await evaluateLosses(server, items);
      from = next;
    } while (from !== undefined);
  };

  return async (server: string | undefined): Promise<void> => {
    const servers = server === undefined ? [...(await findServers())] : [server];
    const { tryOne, finish } = createTryEach("held losses of a server could not be looked at");
    await inParallel(width, servers, (one) => tryOne(() => release(one)));
    finish();
  };
};
