import { describe, expect, it } from "vitest";
import { joinReport } from "../../../lambda/domain/connection/join-report.ts";
import {
  isWrongClockEvidence,
  requestsOf,
} from "../../../lambda/domain/connection/request-memory.ts";
import { buildConnection } from "../../support/build-connection.ts";
import { baseTime } from "../../support/build-event.ts";
import { buildReport } from "../../support/build-report.ts";
import { defaultRules } from "../../support/ingest-harness.ts";

const second = 1_000_000;
const seconds = Math.ceil(baseTime / second);
const requests = { ids: "AAAAAA", newestAt: seconds };
const join = (...args: Parameters<typeof buildReport>) =>
  joinReport(undefined, buildReport(...args), defaultRules);

describe("what a connection remembers of requests", () => {
  it("is written with the connection, and causes no write", () => {
    const before = join({ requests });
    expect(before.requests).toEqual(requests);
    const report = buildReport({ requests: { ids: "BBBBBB", newestAt: seconds + 5 } });
    expect(joinReport(before, report, defaultRules)).toBe(before);
    const later = { ...report, at: baseTime + 10 * second };
    expect(joinReport(before, later, defaultRules).requests).toEqual({
      ids: "AAAAAABBBBBB",
      newestAt: seconds + 5,
    });
  });

  it("is nothing of the time before there was a memory, from its first request on", () => {
    const old = buildConnection();
    const report = buildReport({ at: baseTime + 60 * second });
    const after = joinReport(old, report, defaultRules);
    const much = joinReport(after, { ...report, at: baseTime + 7200 * second }, defaultRules);
    for (const connection of [old, after, much])
      expect(requestsOf(connection).forgottenUntil).toBe(seconds + 300);
    const stale = { id: "CCCCCC", timestamp: seconds };
    expect(isWrongClockEvidence(stale, [requestsOf(much)])).toBe(false);
  });

  it("proves nothing for the time in which requests were refused", () => {
    const off = { kind: "clock", detail: "off", id: "CCCCCC" } as const;
    const rejected = { kind: "rejected", detail: "missing" } as const;
    const refused = joinReport(join({ requests }), buildReport({ health: off }), defaultRules);
    expect(refused.requests).toEqual(requests);
    for (const health of [rejected, { kind: "sound" as const }])
      expect(joinReport(refused, buildReport({ health }), defaultRules).requests).toEqual({
        ...requests,
        forgottenUntil: seconds,
      });
  });

  it("proves as much as before after a time in which requests were rejected for their content", () => {
    const rejected = { kind: "rejected", detail: "missing" } as const;
    const before = joinReport(join({ requests }), buildReport({ health: rejected }), defaultRules);
    expect(before.blind).toMatchObject({ cause: "rejected" });
    const after = joinReport(before, buildReport(), defaultRules);
    expect(after.blind).toBeUndefined();
    expect(after.requests).toEqual(requests);
  });
});
