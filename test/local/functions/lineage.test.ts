import { describe, expect, it } from "vitest";
import {
  countInvocations,
  longestChain,
  nextTraceHeader,
} from "../../../local/functions/lineage.ts";

/** The trace header after the function was invoked so often in one chain. */
const headerAfter = (invocations: number, functionName: string, first: string[] = []) => {
  let headers: string[] = first;
  for (let count = 0; count < invocations; count += 1) {
    headers = [nextTraceHeader(headers, functionName)];
  }
  return headers;
};

describe("the lineage of a trace header", () => {
  it("counts how often a chain has invoked a function, from none", () => {
    for (const invocations of [0, 1, 2, longestChain]) {
      expect(countInvocations(headerAfter(invocations, "looper"), "looper")).toBe(invocations);
    }
  });

  it("counts each function by itself", () => {
    const headers = headerAfter(3, "second", headerAfter(2, "first"));
    expect(countInvocations(headers, "first")).toBe(2);
    expect(countInvocations(headers, "second")).toBe(3);
    expect(countInvocations(headers, "third")).toBe(0);
  });

  it("takes the longest of several chains, whatever their order", () => {
    const long = headerAfter(7, "looper").concat(headerAfter(2, "other"));
    const headers = [...headerAfter(2, "looper"), ...long, ...headerAfter(4, "looper")];
    for (const mixed of [headers, headers.toReversed()]) {
      expect(countInvocations([nextTraceHeader(mixed, "reader")], "looper")).toBe(7);
      expect(countInvocations([nextTraceHeader(mixed, "reader")], "other")).toBe(2);
    }
  });

  it("is written as Lambda writes it, and keeps the root of its trace", () => {
    const form =
      /^(Root=1-[0-9a-f]{8}-[0-9a-f]{24});Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:0$/;
    const header = nextTraceHeader([], "looper");
    expect(header).toMatch(form);
    const [, root = ""] = form.exec(header) ?? [];
    expect(nextTraceHeader([header], "looper")).toMatch(
      new RegExp(`^${root};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:1$`),
    );
  });

  it.each(["", "Root=1-2-3", "Root=1-2-3;Lineage=", "Lineage=1:a87bd80c:0", "nonsense"])(
    "begins where the header is %j",
    (header) => {
      expect(countInvocations([header], "looper")).toBe(0);
      expect(countInvocations([nextTraceHeader([header], "looper")], "looper")).toBe(1);
    },
  );
});
