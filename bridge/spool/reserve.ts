import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from "node:fs";

const reserveBytes = 2 * 1024 * 1024;

/**
 * A file that keeps some of the disk for the spool's own work. Taking a sent event out of the spool needs space too:
 * without it, a spool that has filled the disk could not be emptied. Reading goes on only while the reserve is whole.
 */
export const createReserve = (file: string) => {
  const isWhole = (): boolean => statSync(file, { throwIfNoEntry: false })?.size === reserveBytes;
  return {
    /** Throws the system's error where there is no space for it. */
    fill: (): void => {
      if (isWhole()) return;
      const descriptor = openSync(file, "w", 0o600);
      try {
        const written = writeSync(descriptor, Buffer.alloc(reserveBytes, 1));
        if (written < reserveBytes)
          throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
        fsyncSync(descriptor);
      } catch (error) {
        rmSync(file, { force: true });
        throw error;
      } finally {
        closeSync(descriptor);
      }
    },
    release: (): void => rmSync(file, { force: true }),
  };
};

/** Keeps some of the disk for the spool's own work. */
export type Reserve = ReturnType<typeof createReserve>;
