import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { RegistrationStatus } from "../../../lambda/domain/status/registration-status.ts";
import { freePort } from "../../../local/loopback/free-port.ts";
import { bridgeKey } from "../../support/build-event.ts";

const script = join(import.meta.dirname, "adapter-process.ts");

const start = async (port: number, file: string): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [script, String(port), file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
};

const toStatus = (text: string): RegistrationStatus => JSON.parse(text);

/** An adapter in a process of its own, on one port, with a store that outlives it. */
export const createAdapter = async (folder: string) => {
  const port = await freePort();
  const file = join(folder, "adapter.sqlite");
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const ending = child;
    child = undefined;
    if (ending === undefined) return;
    ending.kill("SIGKILL");
    await once(ending, "exit");
  };
  const rows = (query: string) => {
    const database = new DatabaseSync(file);
    try {
      return database.prepare(query).all();
    } finally {
      database.close();
    }
  };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    key: bridgeKey().key,
    start: async (): Promise<void> => {
      child = await start(port, file);
    },
    kill,
    historySize: () => Number(rows("SELECT count(*) AS n FROM history")[0]?.["n"] ?? 0),
    statuses: () =>
      rows("SELECT item FROM statuses ORDER BY key").map((row) => toStatus(String(row["item"]))),
    /** Each stored event once, in the order of its first arrival. */
    arrivals: () =>
      rows("SELECT this_dn, time FROM history ORDER BY arrival").map((row) => ({
        thisDN: String(row["this_dn"]),
        time: Number(row["time"]),
      })),
  };
};

/** An adapter in a process of its own. */
export type Adapter = Awaited<ReturnType<typeof createAdapter>>;
