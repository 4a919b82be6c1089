import { defineConfig } from "vitest/config";

// These play for minutes against stacks of their own.
const stories = ["test/samples/scenarios.test.ts", "test/proof/chaos.test.ts"];

export default defineConfig({
  test: {
    // Long enough for a machine that is busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // All cores: by default one is left free, and much of a test's time is waiting.
    maxWorkers: "100%",
    expect: { poll: { timeout: 25_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: [...stories, "test/{deployed,long}/**", "**/node_modules/**"],
          sequence: { groupOrder: 1 },
        },
      },
      // Last, when nothing else wants the machine.
      {
        extends: true,
        test: { name: "stories", include: stories, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
      // Deploys to an emulator that is not the project's own. Alone, too: it builds dist/, which other tests read.
      {
        extends: true,
        test: {
          name: "deployed",
          include: ["test/deployed/**/*.test.ts"],
          maxWorkers: 1,
          // A deployment takes a quarter of a minute on a machine that has nothing else to do.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 180_000, interval: 1_000 } },
          sequence: { groupOrder: 3 },
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
          sequence: { groupOrder: 4 },
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
