import { retryOnConflict } from "../../async/retry-on-conflict.ts";
import type { RetirementRemark } from "../../domain/alerting/remark.ts";
import type { Connection, ConnectionKey } from "../../domain/connection/connection.ts";
import type { OperatePorts } from "./operate-ports.ts";

// An application that has registrations but was not heard of since connections are stored.
const unheard = (key: ConnectionKey): Connection => ({
  server: key.server,
  application: key.application,
  revision: 0,
  seenAt: 0,
  watched: false,
  sweeps: [],
});

/**
 * Builds the function that retires an application on a server: its silence means nothing from now on, and the evaluator
 * retires its registrations one by one. It is revived when the bridge registers a DN again.
 */
export const createRetireConnection = (ports: OperatePorts) => {
  const { readConnection, writeConnection, requestEvaluation, hash, now } = ports;

  const write = (key: ConnectionKey, remark: RetirementRemark): Promise<string> =>
    retryOnConflict("a connection", async () => {
      const before = (await readConnection(key)) ?? unheard(key);
      const at = now();
      const id = hash(JSON.stringify(["retire", before.server, before.application, at]));
      const purpose = { kind: "retire", at, ...remark } as const;
      // An earlier retirement that is still under way continues as this one, which covers more.
      const others = before.sweeps.filter((sweep) => sweep.purpose.kind !== "retire");
      const sweeps = [...others, { id, purpose, progressAt: at }];
      const after = { ...before, revision: before.revision + 1, retiredAt: at, sweeps };
      return (await writeConnection(after)) === "written" ? id : "conflict";
    });

  return async (
    { server, application }: ConnectionKey,
    remark: RetirementRemark,
  ): Promise<void> => {
    const sweepId = await write({ server, application }, remark);
    await requestEvaluation([
      { message: { kind: "sweep", server, application, sweepId }, delaySeconds: 0 },
      { message: { kind: "connection", server, application }, delaySeconds: 0 },
    ]);
  };
};

/** Retires an application on a server (see `createRetireConnection`). */
export type RetireConnection = ReturnType<typeof createRetireConnection>;
