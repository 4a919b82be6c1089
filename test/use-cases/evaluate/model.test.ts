import fc from "fast-check";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { AlertRulesSchema } from "../../../lambda/domain/rules.ts";
import { createChance } from "./model/chance.ts";
import { findFaults } from "./model/oracle.ts";
import { createPlainHistory } from "./model/plain-history.ts";
import { arbitraryStep, createDoStep } from "./model/steps.ts";
import { createWorld } from "./model/world.ts";

const arbitraryRules = fc
  .record({ holdDownSeconds: fc.constantFrom(0, 5, 30), holdOpenSeconds: fc.constantFrom(60, 300) })
  .map((some) => v.parse(AlertRulesSchema, { incidentLosses: 2, ...some }));
const longEnough = 2400;

const arbitraryFaults = fc.record({
  drop: fc.constantFrom(0, 0.2),
  late: fc.constantFrom(0, 0.3),
  repeat: fc.constantFrom(0, 0.3),
  crashes: fc.constantFrom(0, 3),
});

describe("alerting, whatever happens", () => {
  it("misses no loss, publishes nothing twice, and leaves nothing open", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryStep, { minLength: 1, maxLength: 40, size: "max" }),
        arbitraryFaults,
        arbitraryRules,
        fc.nat(),
        async (steps, faults, rules, seed) => {
          const chance = createChance(seed);
          const world = createWorld({ rules, chance, faults });
          const history = createPlainHistory();
          const doStep = createDoStep(world, history, chance);
          for (const step of steps) await doStep(step);
          await world.pass(longEnough);
          expect(findFaults({ world, history, rules })).toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
