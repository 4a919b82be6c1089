import { describe, expect, it } from "vitest";
import { hashText } from "../../../lambda/adapters/hash-text.ts";
import { createRecentRequests } from "../../../lambda/use-cases/ingest/recent-requests.ts";

describe("the requests that are not written yet", () => {
  const setUp = () => {
    const recent = createRecentRequests({ hash: hashText });
    for (const id of ["1", "2"]) recent.note("bridge-a", { id, timestamp: Number(id) });
    return recent;
  };

  it("are those of one bridge", () => {
    const recent = setUp();
    expect(recent.of("bridge-a")).toEqual({ ids: expect.stringMatching(/^.{12}$/), newestAt: 2 });
    expect(recent.of("bridge-b")).toBeUndefined();
  });

  it("are none after they were written", () => {
    const recent = setUp();
    recent.written("bridge-a", recent.of("bridge-a"));
    expect(recent.of("bridge-a")).toBeUndefined();
  });

  it("are still those that came while they were written", () => {
    const recent = setUp();
    const written = recent.of("bridge-a");
    recent.note("bridge-a", { id: "3", timestamp: 3 });
    recent.written("bridge-a", written);
    expect(recent.of("bridge-a")).toMatchObject({ newestAt: 3 });
  });
});
