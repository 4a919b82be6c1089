import type { Measurement } from "../../results/measurement.ts";
import { type BundleSize, bundleSize } from "../bundle-size.ts";

const bundle = (name: string, goals: BundleSize): readonly Measurement[] => [
  {
    name: `bundle-${name}`,
    what: `bundle of ${name}: kilobytes minified`,
    goal: { atMost: goals.minified },
    measure: async () => [{ figure: (await bundleSize(name)).minified }],
  },
  {
    name: `bundle-${name}-gzip`,
    what: "the same gzipped",
    goal: { atMost: goals.gzipped },
    measure: async () => [{ figure: (await bundleSize(name)).gzipped }],
  },
];

/** What each function's bundle weighs. */
export const bundles: readonly Measurement[] = [
  ...bundle("ingest", { minified: 276, gzipped: 84 }),
  ...bundle("fanout", { minified: 258, gzipped: 82 }),
  ...bundle("authorize", { minified: 206, gzipped: 69 }),
];
