import { defineConfig } from "vitest/config";

const long = ["test/samples/scenarios/**/*.test.ts", "test/proof/chaos.test.ts"];

export default defineConfig({
  test: {
    testTimeout: 30_000,
    // What is waited for comes at once, but for a machine that is busy with other tests.
    expect: { poll: { timeout: 10_000 } },
    // What plays for minutes comes last, when nothing else wants the machine.
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["test/**/*.test.ts"],
          exclude: long,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: "scenarios", include: long, maxWorkers: 2, sequence: { groupOrder: 2 } },
      },
    ],
    coverage: {
      provider: "v8",
      include: ["lambda/domain/**/*.ts", "lambda/handlers/**/*.ts", "lambda/adapters/**/*.ts"],
      reporter: ["text-summary", "html"],
      thresholds: { lines: 100, branches: 100, functions: 100, statements: 100 },
    },
  },
});
