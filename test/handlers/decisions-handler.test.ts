import { describe, expect, it } from "vitest";
import { buildAlert } from "../support/build-alert.ts";
import { baseTime, registered, unregistered } from "../support/build-event.ts";
import { buildHeld, buildLoss, buildMissing, buildWaiting } from "../support/build-loss.ts";
import { createOperateHarness } from "../support/operate-harness.ts";
import { badParameters } from "../support/query-harness.ts";
import { walkPages } from "../support/walk-pages.ts";

const route = "GET /v1/decisions";

describe("GET /v1/decisions", () => {
  it("says why no alert was published, or which one was", async () => {
    const { ask, put } = createOperateHarness();
    const passed = buildLoss({ endedAt: baseTime + 9_000_000, endedBy: "registered" });
    const at = "2026-11-20T02:58:31.123456Z";
    const passedWhy = [{ at, words: "registered again within the hold-down of 30 s" }];
    const trail = [{ at: baseTime, words: "waits for the end of window w1" }];
    const later = { server: "SIPTS751", learntAt: baseTime + 2_000_000 };
    const last = { server: "SIPTS752", learntAt: baseTime + 3_000_000, trail };
    put.losses(passed, buildMissing("alert-1", later), buildHeld("window/w1", last));
    put.alerts(buildAlert({ subject: "a subject", alertId: "alert-1" }));
    expect((await ask(route, { query: "thisDN=7001" })).body).toEqual({
      data: [
        {
          thisDN: "7001",
          server: "SIPTS752",
          lossId: passed.lossId,
          state: "held",
          lostAt: "2026-11-20T02:58:00.123456Z",
          learntAt: "2026-11-20T02:58:03.123456Z",
          decidedAt: "2026-11-20T02:58:31.123456Z",
          applications: ["bridge-a"],
          severity: "critical",
          reason: passed.reason,
          heldBy: "window/w1",
          why: [{ at: "2026-11-20T02:58:00.123456Z", words: "waits for the end of window w1" }],
        },
        {
          thisDN: "7001",
          server: "SIPTS751",
          lossId: passed.lossId,
          state: "alerted",
          lostAt: "2026-11-20T02:58:00.123456Z",
          learntAt: "2026-11-20T02:58:02.123456Z",
          decidedAt: "2026-11-20T02:58:31.123456Z",
          applications: ["bridge-a"],
          severity: "critical",
          reason: passed.reason,
          alertId: "alert-1",
          why: passedWhy,
        },
        {
          thisDN: "7001",
          server: "SIPTS750",
          lossId: passed.lossId,
          state: "passed",
          lostAt: "2026-11-20T02:58:00.123456Z",
          learntAt: "2026-11-20T02:58:01.123456Z",
          decidedAt: "2026-11-20T02:58:31.123456Z",
          applications: ["bridge-a"],
          severity: "critical",
          reason: passed.reason,
          endedAt: "2026-11-20T02:58:09.123456Z",
          endedBy: "registered",
          why: passedWhy,
        },
      ],
      nextCursor: null,
    });
  });

  it("pages through the decisions of one server, newest first", async () => {
    const { ask, put } = createOperateHarness();
    put.losses(
      ...["a", "b", "c"].map((lossId, index) =>
        buildLoss({ lossId, learntAt: baseTime + index * 1_000_000 }),
      ),
      buildLoss({ server: "SIPTS751" }),
      buildLoss({ thisDN: "7002" }),
    );
    const query = "thisDN=7001&server=SIPTS750";
    const [a, b, c] = [{ lossId: "a" }, { lossId: "b" }, { lossId: "c" }];
    expect(await walkPages(ask, route, `${query}&limit=1`)).toMatchObject([[c], [b], [a]]);
    expect(await walkPages(ask, route, `${query}&limit=2`)).toMatchObject([[c, b], [a]]);
    expect(await walkPages(ask, route, `${query}&limit=3`)).toMatchObject([[c, b, a]]);
  });

  it("shows a loss without a decision yet, and until when it is held down", async () => {
    const { ask, put, tables } = createOperateHarness();
    const lost = { time: baseTime + 1, errorCode: 59 };
    await put.events(registered(), unregistered(lost));
    await put.events(registered({ server: "SIPTS751" }));
    const answer = await ask(route, { query: "thisDN=7001" });
    const [status] = await tables.readStatuses([{ thisDN: "7001", server: "SIPTS750" }]);
    const learntAt = "2026-11-20T03:00:00.123000Z";
    const words = "its hold-down of 30 s lasts until 2026-11-20T03:00:30.123000Z";
    const lossId = status?.alertId ?? "";
    expect(answer.body).toEqual({
      data: [
        {
          thisDN: "7001",
          server: "SIPTS750",
          lossId,
          state: "waiting",
          lostAt: "2026-11-20T02:58:00.123457Z",
          learntAt,
          applications: ["bridge-a"],
          severity: "critical",
          reason: expect.objectContaining({ errorCode: 59 }),
          why: [{ at: learntAt, words }],
        },
      ],
      nextCursor: null,
    });
    put.losses(buildLoss({ lossId: "earlier" }), buildLoss({ lossId, server: "SIPTS751" }));
    expect((await ask(route, { query: "thisDN=7001" })).body).toMatchObject({
      data: [{ state: "waiting" }, { state: "passed" }, { state: "passed" }],
    });
    put.losses(buildLoss({ lossId }));
    expect((await ask(route, { query: "thisDN=7001&server=SIPTS750" })).body).toMatchObject({
      data: [{ state: "passed" }, { state: "passed" }],
    });
  });

  it("shows a waiting loss that is stored like one that is not", async () => {
    const { ask, put } = createOperateHarness();
    put.losses(buildWaiting());
    const answer = await ask(route, { query: "thisDN=7001" });
    expect(answer.body).toMatchObject({ data: [{ state: "waiting" }] });
    expect(answer.text).not.toMatch(/heldBy|decidedAt|alertId|endedAt/);
  });

  it("answers 400 without a DN", async () => {
    expect(await createOperateHarness().ask(route)).toMatchObject(
      badParameters("thisDN is missing"),
    );
  });
});
