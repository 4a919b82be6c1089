import { spawn } from "node:child_process";
import { CommandError } from "../../bridge/terminal/command-error.ts";

/**
 * Runs the CDK's command line in this terminal; resolves to its exit code when it has ended, 130 when it was killed. The
 * signal passes the wish to end on to it. Throws CommandError when it cannot be started.
 */
export const runCdk = (args: readonly string[], signal: AbortSignal): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const cdk = spawn("cdk", [...args], { stdio: "inherit" });
  const end = (): void => void cdk.kill("SIGINT");
  signal.addEventListener("abort", end);
  cdk.once("error", (error) =>
    reject(
      new CommandError(
        `the CDK cannot be started (${error.message}): run npm ci, and npm run deploy`,
      ),
    ),
  );
  cdk.once("close", (code) => resolve(code ?? 130));
  return promise.finally(() => signal.removeEventListener("abort", end));
};
