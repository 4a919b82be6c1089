import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StartFailure } from "../../../local/command/start-failure.ts";
import { startDynamoDb } from "../../../local/emulators/dynamodb.ts";
import type { DynamoDbEngine, RunningDynamoDb } from "../../../local/emulators/dynamodb-engine.ts";
import { findDynoxide } from "../../../local/emulators/dynoxide.ts";
import { createShutdown, type Shutdown } from "../../../local/processes/shutdown.ts";
import { createStreamClients, createStreamedTable } from "../../support/streamed-table.ts";

type EngineProcess = Extract<DynamoDbEngine, { kind: "process" }>;

const attempt = <T>(read: () => T): T | undefined => {
  try {
    return read();
  } catch {
    // A process or a file that has just ended.
    return undefined;
  }
};

/** The processes of this engine on the port of the URL. */
const processesOf = ({ command }: EngineProcess, url: string): readonly string[] => {
  const { port } = new URL(url);
  return readdirSync("/proc").filter((pid) => {
    const [program, ...args] =
      attempt(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"))?.split("\0") ?? [];
    return program === command && args.includes(port);
  });
};
/** The files of scratch directories that a process has open, as the system names them. */
const scratchFilesOf = (pid: string): readonly string[] =>
  readdirSync(`/proc/${pid}/fd`)
    .flatMap((fd) => attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [])
    .filter((path) => path.includes("/dn-registration-"));

let stateDirectory: string;
let shutdown: Shutdown;
beforeEach(() => {
  shutdown = createShutdown();
  stateDirectory = mkdtempSync(join(tmpdir(), "scratch-files-"));
});
afterEach(async () => {
  await shutdown.run();
  rmSync(stateDirectory, { recursive: true, force: true });
});
const start = (engine: EngineProcess, dataDirectory?: string): Promise<RunningDynamoDb> =>
  startDynamoDb(engine, dataDirectory, { stateDirectory, shutdown, onDeath: () => undefined });

const dynoxide = findDynoxide();

describe.skipIf(dynoxide.kind !== "process")("dynoxide without a data directory", () => {
  const startDynoxide = async () => {
    if (dynoxide.kind !== "process") throw new Error("dynoxide is missing");
    const running = await start(dynoxide);
    const [pid = ""] = processesOf(dynoxide, running.url);
    return { ...running, engine: dynoxide, files: () => scratchFilesOf(pid) };
  };

  it("has files without a name, in a directory that is gone", async () => {
    const { url, files } = await startDynoxide();
    await createStreamedTable(createStreamClients(url));
    expect(files()).toContainEqual(expect.stringContaining("/dynoxide.db (deleted)"));
    for (const file of [...files(), ...scratchFilesOf("self")]) {
      expect(file).toMatch(/ \(deleted\)$/);
      expect(existsSync(dirname(file))).toBe(false);
    }
  });

  it("works, also when it has written more than its log of writes holds", async () => {
    const { url, files, trimStream } = await startDynoxide();
    const clients = createStreamClients(url);
    const table = await createStreamedTable(clients);
    const item = { id: { S: "one" }, text: { S: "the first" } };
    await clients.dynamodb.send(new PutItemCommand({ TableName: table.name, Item: item }));
    await table.put(4000);
    const request = { TableName: table.name, Key: { id: { S: "one" } } };
    expect((await clients.dynamodb.send(new GetItemCommand(request))).Item).toEqual(item);
    expect(await table.numbers()).toHaveLength(4001);
    expect(trimStream?.(table.name, 4001)).toBe(true);
    expect(files().filter((file) => !file.endsWith(" (deleted)"))).toEqual([]);
  });

  it("leaves nothing after the shutdown", async () => {
    const { url, engine, files } = await startDynoxide();
    await (await createStreamedTable(createStreamClients(url))).put(10);
    const directories = files().map(dirname);
    await shutdown.run();
    expect(processesOf(engine, url)).toEqual([]);
    expect(directories.filter((directory) => existsSync(directory))).toEqual([]);
  });
});

describe("an engine that does not start", () => {
  const openStreams = () => () => true;
  /** An engine that ends at once, and the directories that it got. */
  const failingEngine = (more: Pick<EngineProcess, "openStreams">) => {
    const directories: (string | undefined)[] = [];
    const engine: EngineProcess = {
      kind: "process",
      name: "nothing",
      warning: undefined,
      takesHost: true,
      command: "false",
      args: ({ directory }) => {
        directories.push(directory);
        return [];
      },
      workingDirectory: undefined,
      ...more,
    };
    return { engine, directories };
  };

  it("leaves no scratch directory", async () => {
    const { engine, directories } = failingEngine({ openStreams });
    await expect(start(engine)).rejects.toThrow(StartFailure);
    await shutdown.run();
    expect(directories).toEqual([expect.stringContaining("/dn-registration-")]);
    expect(existsSync(directories[0] ?? "/")).toBe(false);
  });

  it("gets no scratch directory when its tables can do without", async () => {
    const { engine, directories } = failingEngine({});
    await expect(start(engine)).rejects.toThrow(StartFailure);
    expect(directories).toEqual([undefined]);
  });

  it("leaves the directory that is to be kept", async () => {
    const { engine, directories } = failingEngine({ openStreams });
    const data = join(stateDirectory, "data");
    mkdirSync(data);
    await expect(start(engine, data)).rejects.toThrow(StartFailure);
    await shutdown.run();
    expect(directories).toEqual([data]);
    expect(existsSync(data)).toBe(true);
  });
});
