import { randomInt } from "node:crypto";
import { createServer } from "node:net";

// Below the ports that systems assign to programs that ask for any: no such program takes one of these between our check
// and the bind of a process that needs seconds to start.
const lowest = 15_000;
const highest = 32_000;
const attempts = 100;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });

/** Finds a free loopback port that stays free until a process started now has bound it. */
export const freePort = async (): Promise<number> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowest, highest);
    if (await isFree(port)) return port;
  }
  throw new Error(`None of ${attempts} ports between ${lowest} and ${highest} is free.`);
};
