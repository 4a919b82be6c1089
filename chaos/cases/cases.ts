import type { ChaosCase } from "./chaos-case.ts";
import { deadEmulator } from "./dead-emulator.ts";
import { poisonRecord } from "./poison-record.ts";
import { rotatedKeys } from "./rotated-keys.ts";
import { wrongClock } from "./wrong-clock.ts";

/** Every named case. */
export const cases: readonly ChaosCase[] = [poisonRecord, wrongClock, rotatedKeys, deadEmulator];
