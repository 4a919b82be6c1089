import { describe, expect, it } from "vitest";
import { showResults } from "../../../proof/bench/show-results.ts";
import type { MeasurementResult } from "../../../proof/results/measurement.ts";
import { createRecordingTerminal } from "../../support/recording-terminal.ts";

const result: MeasurementResult = {
  name: "init-ready",
  what: "a start",
  goal: { atMost: 3 },
  figure: 2,
  min: 1,
  max: 3,
  pass: true,
  unsteady: false,
};

const show = (asJson: boolean, results: readonly MeasurementResult[]) => {
  const terminal = createRecordingTerminal();
  showResults(results, { asJson, terminal });
  return terminal;
};

describe("the results of a bench", () => {
  it.each([true, false])("warn beside them of an unsteady machine, as JSON: %s", (asJson) => {
    const { printed, noted } = show(asJson, [
      result,
      { ...result, name: "scale-table", unsteady: true },
    ]);
    expect(printed.join()).not.toContain("close other programs");
    expect(noted).toEqual([expect.stringMatching(/^unsteady: scale-table\. .*close other/)]);
  });

  it("are JSON alone where it was asked for", () => {
    const { printed, noted } = show(true, [result]);
    expect(JSON.parse(printed.join())).toMatchObject([{ name: "init-ready", figure: 2 }]);
    expect(noted).toEqual([]);
  });
});
