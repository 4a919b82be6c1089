import { configurationChange } from "./configuration-change.ts";
import { flapping } from "./flapping.ts";
import { halfReconnect } from "./half-reconnect.ts";
import type { Scenario } from "./scenario.ts";
import { silentBridge } from "./silent-bridge.ts";
import { switchover } from "./switchover.ts";

/** Everything that `npm run scenario` can play. */
export const scenarios: readonly Scenario[] = [
  configurationChange,
  switchover,
  halfReconnect,
  flapping,
  silentBridge,
];
