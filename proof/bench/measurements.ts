import type { Measurement } from "../results/measurement.ts";
import { bundles } from "./measurements/bundles.ts";
import { calls } from "./measurements/calls.ts";
import { imports } from "./measurements/imports.ts";
import { ingest } from "./measurements/ingest.ts";
import { init } from "./measurements/init.ts";
import { itemSize } from "./measurements/item-size.ts";
import { localServer } from "./measurements/local-server.ts";
import { peers } from "./measurements/peers.ts";
import { scale } from "./measurements/scale.ts";
import { validation } from "./measurements/validation.ts";
import { visibility } from "./measurements/visibility.ts";

/** All rows of the table, in their order. */
export const measurements: readonly Measurement[] = [
  ...ingest,
  ...validation,
  ...init,
  ...bundles,
  ...calls,
  ...itemSize,
  ...scale,
  ...visibility,
  ...localServer,
  ...imports,
  ...peers,
];
