import { defineConfig } from "vitest/config";

// The tests that reach the domain by way of maps in memory, but for those that take seconds: every test that reaches a mutant
// looks for it. They leave nothing behind, so the files share a process and its modules, which is three times as fast.
export default defineConfig({
  test: {
    isolate: false,
    testTimeout: 60_000,
    include: ["test/{async,domain,handlers,use-cases}/**/*.test.ts"],
    exclude: [
      "test/use-cases/evaluate/model.test.ts",
      // It replaces a module, which all files would share.
      "test/use-cases/evaluate/severity-of-alert.test.ts",
      "test/use-cases/evaluate/storm.test.ts",
      "test/use-cases/ingest/spellings.test.ts",
      "test/use-cases/evaluate/interleaving.test.ts",
      "test/handlers/ingest-fuzz.test.ts",
    ],
  },
});
