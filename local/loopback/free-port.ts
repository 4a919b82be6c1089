import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below the ports that systems assign to programs that ask for any: no such program takes one of these between our check
// and the bind of a process that needs seconds to start.
const lowest = 15_000;
const highest = 32_000;
const attempts = 100;

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });

/**
 * A loopback address that cannot be guessed: on Linux all 16 million of 127.0.0.0/8 are this machine's, and a server there
 * hears only who knows where it is. Elsewhere it is 127.0.0.1, as where a container has no other.
 */
export const hiddenHost = async (): Promise<string> => {
  const [a, b, c] = [randomInt(1, 255), randomInt(1, 255), randomInt(1, 255)];
  const host = `127.${a}.${b}.${c}`;
  return process.platform === "linux" && (await isFree(0, host)) ? host : "127.0.0.1";
};

/** Finds a free loopback port that stays free until a process started now has bound it. */
export const freePort = async (host = "127.0.0.1"): Promise<number> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowest, highest);
    if (await isFree(port, host)) return port;
  }
  throw new Error(`None of ${attempts} ports between ${lowest} and ${highest} is free.`);
};
