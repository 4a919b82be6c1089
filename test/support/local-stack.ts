import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import type { StackDescription } from "../../local/stack/stack-description.ts";

/** The options of a test's stack. */
export type LocalStackOptions = {
  /** Arguments of `npm start`, `--assembly DIR` for one. */
  readonly args?: readonly string[];
  /** Where `.local` goes; by default a new temporary directory, removed when the stack stops. */
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The program; by default `local/start.ts` on this Node. */
  readonly command?: readonly string[];
};
/** A running local stack of the project. Commands of the project find it when they run in `directory`. */
export type LocalStack = {
  readonly url: string;
  /** The content of `.local/stack.json`. */
  readonly description: StackDescription;
  readonly directory: string;
  readonly process: ChildProcess;
  /** Everything that the stack has printed so far. */
  readonly output: () => string;
  readonly stop: () => Promise<void>;
};
const startFile = join(import.meta.dirname, "../../local/start.ts");

/** Starts the stack without waiting: `ready` resolves with the URL, or rejects with the output when the stack ends first. */
export const runLocalStack = (options: LocalStackOptions & { readonly directory: string }) => {
  const [program = "", ...first] = options.command ?? [process.execPath, startFile];
  const child = spawn(program, [...first, ...(options.args ?? [])], {
    cwd: options.directory,
    env: { ...env, PORT: "0", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  // A test that was given up does not leave its stack behind.
  const end = () => child.kill();
  process.once("exit", end);
  child.once("close", () => process.off("exit", end));
  const chunks: string[] = [];
  const output = () => chunks.join("");
  const exit = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = new Promise<string>((resolve, reject) => {
    const collect = (chunk: Buffer) => {
      chunks.push(chunk.toString());
      const url = /^ready (\S+)$/m.exec(output())?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    void exit.then(() => reject(new Error(`The stack ended before it was ready:\n${output()}`)));
  });
  // A test that only checks the exit does not wait for `ready`.
  ready.catch(() => undefined);
  return { process: child, ready, exit, output };
};

/** Starts the real stack on a free port in a temporary directory; resolves when it accepts events. */
export const startLocalStack = async (options: LocalStackOptions = {}): Promise<LocalStack> => {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), "dn-registration-"));
  const run = runLocalStack({ ...options, directory });
  const url = await run.ready;
  const description: StackDescription = JSON.parse(
    readFileSync(join(directory, ".local/stack.json"), "utf8"),
  );
  return {
    url,
    description,
    directory,
    process: run.process,
    output: run.output,
    stop: async () => {
      run.process.kill("SIGINT");
      await run.exit;
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
};
