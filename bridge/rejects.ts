import {
  closeSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { EventProblem } from "./answer.ts";

/** What could not be taken over, and why. */
export type Reject = {
  readonly where: string;
  readonly why: string;
  readonly problems: readonly EventProblem[];
  readonly serverName?: string | undefined;
  /** JSON text of the session that the event came in. */
  readonly session?: string | undefined;
  /** JSON text of the event; absent where the piece is no JSON, then `unreadable` is its text. */
  readonly event?: string;
  readonly unreadable?: string;
};

/** A line of the file is an envelope of its event, so that the file itself can be sent once its events are mended. */
const toLine = ({ event, session, ...reject }: Reject, now: Date): string => {
  const about = JSON.stringify({ rejectedAt: now.toISOString(), ...reject });
  const within = session === undefined ? "" : `,"session":${session}`;
  return `${about.slice(0, -1)}${within},"events":[${event ?? ""}]}\n`;
};

const append = (file: string, line: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, "a", 0o600);
  const { size } = fstatSync(descriptor);
  try {
    const bytes = Buffer.from(line);
    if (writeSync(descriptor, bytes) < bytes.length)
      throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
    fsyncSync(descriptor);
  } catch (error) {
    ftruncateSync(descriptor, size);
    throw error;
  } finally {
    closeSync(descriptor);
  }
};

/** Keeps rejects in a file, one JSON line each; a line is on the disk when `keep` returns, or it is not there at all. */
export const createRejects = (file: string, now: () => Date) => {
  let count = 0;
  return {
    file,
    count: () => count,
    keep: (reject: Reject): void => {
      append(file, toLine(reject, now()));
      count += 1;
    },
  };
};

/** Keeps rejects in a file. */
export type Rejects = ReturnType<typeof createRejects>;
