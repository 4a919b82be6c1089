import type { ChaosCase } from "./chaos-case.ts";
import { fullDisk } from "./full-disk.ts";
import { hostileKey } from "./hostile-key.ts";
import { poisonRecord } from "./poison-record.ts";
import { restartedEmulator } from "./restarted-emulator.ts";
import { rotatedKeys } from "./rotated-keys.ts";
import { wrongClock } from "./wrong-clock.ts";

/** Every named case. */
export const cases: readonly ChaosCase[] = [
  poisonRecord,
  fullDisk,
  wrongClock,
  rotatedKeys,
  restartedEmulator,
  hostileKey,
];
