import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";

/**
 * The shell script that stands between us and a child process: when our end of the pipe closes, for whatever
 * reason (kill -9 too), it kills the child. The child itself never sees the pipe.
 */
const guard = `exec 3<&0
"$@" </dev/null 3<&- &
child=$!
{ cat <&3; kill -9 $child; } >/dev/null 2>&1 &
exec 3<&-
wait $child`;

/** Where a guarded process runs and where its output goes. */
export type GuardedProcessOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly output: "pipe" | number;
  /** What is masked of the modes of its files; by default what this process masks. */
  readonly umask?: number;
};

/** Starts a process that cannot outlive this one, in a session of its own: Ctrl-C in the terminal does not reach it. */
export const spawnGuarded = (
  command: string,
  args: readonly string[],
  options: GuardedProcessOptions,
): ChildProcess => {
  const stdio: StdioOptions = ["pipe", options.output, options.output];
  const mask = options.umask === undefined ? "" : `umask ${options.umask.toString(8)}\n`;
  const child = spawn("/bin/sh", ["-c", `${mask}${guard}`, "guard", command, ...args], {
    stdio,
    detached: true,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
  child.stdin?.on("error", () => undefined);
  child.once("exit", () => child.stdin?.destroy());
  return child;
};

/** Ends a guarded process and waits until it is gone. */
export const endGuarded = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.stdin?.destroy();
  await gone;
};
