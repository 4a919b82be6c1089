import { describe, expect, it } from "vitest";
import type { Publication, Topic } from "../../../lambda/domain/ports.ts";
import { advance } from "../../../lambda/domain/status/advance.ts";
import type { Message } from "../../../lambda/domain/telling/cloud-event.ts";
import {
  createTell,
  type StatusWrite,
  toMessages,
} from "../../../lambda/domain/telling/fan-out.ts";
import { fanOutFigures } from "../../../lambda/domain/telling/fan-out-figures.ts";
import { baseTime, registered, unregistered } from "../../support/build-event.ts";

const appearing = (thisDN: string): StatusWrite => ({
  before: undefined,
  after: advance(undefined, [registered({ thisDN })], baseTime),
});
const vanishing = (thisDN: string): StatusWrite => {
  const before = advance(undefined, [registered({ thisDN })], baseTime);
  return {
    before,
    after: advance(before, [unregistered({ thisDN, time: baseTime + 1 })], baseTime),
  };
};
const returning = (thisDN: string): StatusWrite => {
  const { after: before } = vanishing(thisDN);
  return { before, after: advance(before, [registered({ thisDN, time: baseTime + 2 })], baseTime) };
};

const tell = async (
  writes: readonly StatusWrite[],
  answer: (topic: Topic, message: Message) => Publication = () => ({ kind: "published" }),
) => {
  const published: string[] = [];
  const tellAll = createTell(async (topic, messages) => {
    published.push(...messages.map(({ event }) => `${topic} ${event.type} ${event.subject}`));
    return messages.map((message) => answer(topic, message));
  });
  const messages = writes.map((write) => toMessages(write, undefined));
  return { tellings: await tellAll(messages), published };
};

describe("tell", () => {
  it("publishes every change, and the alerts among them", async () => {
    const { tellings, published } = await tell([appearing("1"), vanishing("2"), returning("3")]);
    expect(published).toEqual([
      "changes registration.registered 1",
      "changes registration.unregistered 2",
      "changes registration.registered 3",
      "alerts alert.opened 2",
      "alerts alert.resolved 3",
    ]);
    expect(tellings).toEqual([
      { kind: "told", alert: undefined },
      { kind: "told", alert: "alert.opened" },
      { kind: "told", alert: "alert.resolved" },
    ]);
  });

  it("does not call the alert topic where there is no alert", async () => {
    const { published } = await tell([appearing("1")]);
    expect(published).toEqual(["changes registration.registered 1"]);
  });

  it("tells again what one of the topics did not take now", async () => {
    const { tellings } = await tell([appearing("1"), vanishing("2")], (topic) =>
      topic === "alerts" ? { kind: "failed", detail: "busy" } : { kind: "published" },
    );
    expect(tellings).toEqual([
      { kind: "told", alert: undefined },
      { kind: "failed", detail: "busy" },
    ]);
  });

  it("sets aside what a topic refuses for good", async () => {
    const { tellings } = await tell([appearing("1"), appearing("2")], (_, { event }) =>
      event.subject === "1" ? { kind: "refused", detail: "too long" } : { kind: "published" },
    );
    expect(tellings).toEqual([
      { kind: "refused", detail: "too long" },
      { kind: "told", alert: undefined },
    ]);
  });

  it("takes a missing answer as a failure", async () => {
    const tellAll = createTell(async () => []);
    const messages = toMessages(appearing("1"), undefined);
    expect(await tellAll([messages])).toMatchObject([{ kind: "failed" }]);
  });
});

describe("fanOutFigures", () => {
  it("counts what was told, opened, resolved and refused", () => {
    expect(
      fanOutFigures([
        { kind: "told", alert: undefined },
        { kind: "told", alert: "alert.opened" },
        { kind: "told", alert: "alert.updated" },
        { kind: "told", alert: "alert.resolved" },
        { kind: "refused", detail: "too long" },
        { kind: "failed", detail: "busy" },
      ]),
    ).toEqual([
      { name: "ChangesPublished", value: 4, unit: "Count" },
      { name: "AlertsOpened", value: 1, unit: "Count" },
      { name: "AlertsResolved", value: 1, unit: "Count" },
      { name: "ChangesRefused", value: 1, unit: "Count" },
    ]);
  });
});
