import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

// Folders whose files change nothing in their process: they share it, and import each module once.
const shared = "adapters|async|docs|domain|handlers|infra|samples|use-cases";
// These need a process of their own all the same: one replaces a module, the other takes two minutes.
const isolated = [
  "test/use-cases/evaluate/severity-of-alert.test.ts",
  "test/samples/scenarios.test.ts",
];

export default defineConfig({
  test: {
    // Long enough for a machine that is busy with other things.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    expect: { poll: { timeout: 60_000 } },
    // More than there are cores, as much of a test's time is waiting.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // The many processes that tests start live for seconds: they need not compile again, nor well.
    env: {
      NODE_COMPILE_CACHE: join(import.meta.dirname, "node_modules/.cache/node-compile"),
      JAVA_TOOL_OPTIONS: "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    },
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: [`test/!(${shared}|deployed|long)/**/*.test.ts`, ...isolated],
        },
      },
      {
        extends: true,
        test: {
          name: "units",
          include: ["test/*.test.ts", `test/@(${shared})/**/*.test.ts`],
          exclude: isolated,
          isolate: false,
        },
      },
      // Deploys to an emulator that is not the project's own.
      {
        extends: true,
        test: {
          name: "deployed",
          include: ["test/deployed/**/*.test.ts"],
          // A deployment takes a quarter of a minute on a machine that has nothing else to do.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 180_000, interval: 1_000 } },
        },
      },
      // npm run test:long, no part of the gate: the same with thousands of DNs.
      {
        extends: true,
        test: {
          name: "long",
          include: ["test/long/**/*.test.ts", "test/bridge/kill.test.ts"],
          env: { KILL_TEST_EVENTS: "20000" },
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
    coverage: {
      // It counts in the code. V8's own counts are converted by subtraction, which is wrong at an `if` after an `await`.
      provider: "istanbul",
      include: ["lambda/{adapters,async,domain,handlers,use-cases}/**/*.ts"],
      reporter: ["text-summary", ["text", { skipFull: true }], "html"],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
