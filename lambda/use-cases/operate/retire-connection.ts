import type { Connection, ConnectionKey } from "../../domain/connection/connection.ts";
import type { Hash } from "../../domain/event/event-id.ts";
import type { ReadConnection, WriteConnection } from "../../ports/connections.ts";
import type { RequestEvaluation } from "../../ports/evaluation.ts";
import type { Remark } from "./remark.ts";

/** What retiring a connection needs of the outside; `now` in microseconds. */
export type RetireConnectionDependencies = {
  readConnection: ReadConnection;
  writeConnection: WriteConnection;
  requestEvaluation: RequestEvaluation;
  hash: Hash;
  now: () => number;
};

const maxConflicts = 20;

// One that has registrations but was never heard of since connections are kept.
const unheard = (key: ConnectionKey): Connection => ({
  server: key.server,
  application: key.application,
  revision: 0,
  seenAt: 0,
  watched: false,
  sweeps: [],
});

/**
 * Builds what retires an application on a server: its silence means nothing from now on, and the evaluator takes its
 * registrations away one by one. It is revived when the bridge registers a DN again.
 */
export const createRetireConnection = (dependencies: RetireConnectionDependencies) => {
  const { readConnection, writeConnection, requestEvaluation, hash, now } = dependencies;

  const write = async (key: ConnectionKey, remark: Remark): Promise<string> => {
    for (let attempt = 0; attempt < maxConflicts; attempt += 1) {
      const before = (await readConnection(key)) ?? unheard(key);
      const at = now();
      const id = hash(JSON.stringify(["retire", before.server, before.application, at]));
      const { author, note } = remark;
      const purpose = { kind: "retire", at, author, note } as const;
      // An earlier one that is still under way goes on as this one, which takes more away.
      const others = before.sweeps.filter((sweep) => sweep.purpose.kind !== "retire");
      const sweeps = [...others, { id, purpose, progressAt: at }];
      const after = { ...before, revision: before.revision + 1, retiredAt: at, sweeps };
      if ((await writeConnection(after)) === "written") return id;
    }
    throw new Error(`a connection was written by others ${maxConflicts} times in a row`);
  };

  return async ({ server, application }: ConnectionKey, remark: Remark): Promise<void> => {
    const sweepId = await write({ server, application }, remark);
    await requestEvaluation([
      { message: { kind: "sweep", server, application, sweepId }, delaySeconds: 0 },
      { message: { kind: "connection", server, application }, delaySeconds: 0 },
    ]);
  };
};

/** Retires an application on a server (see `createRetireConnection`). */
export type RetireConnection = ReturnType<typeof createRetireConnection>;
