import { describe, expect, it } from "vitest";
import { AlertEventTypeSchema } from "../../lambda/domain/alerting/alert.ts";
import { toAlertMessage } from "../../lambda/domain/message/alert-message.ts";
import { toChangeMessage } from "../../lambda/domain/message/change-message.ts";
import { advance } from "../../lambda/domain/status/advance.ts";
import { messageSettings, withoutRunbook } from "../support/alert-texts.ts";
import { buildAlert } from "../support/build-alert.ts";
import { registered, unregistered } from "../support/build-event.ts";
import { blockOf, quotedIn, tableOf } from "./markdown.ts";
import { readPage } from "./pages.ts";

const page = readPage("docs/messages.md");
const asRead = (value: object): unknown => JSON.parse(JSON.stringify(value));
const jsonBlock = (info: string): unknown => JSON.parse(blockOf(page, info));
const micros = (time: string): number => Date.parse(time) * 1000;

describe("the page's example of an alert", () => {
  it("is one as it is published", () => {
    const { event } = toAlertMessage(buildAlert(), messageSettings);
    expect(asRead(event)).toEqual(jsonBlock("json alert"));
  });
});

describe("the page's example of a change", () => {
  const about = { thisDN: "7042", customerID: "Retail" };
  const received = micros("2026-11-22T17:18:36.586Z");

  it("is one as it is published", () => {
    const first = registered({ ...about, time: micros("2026-11-18T05:58:12Z") });
    const loss = unregistered({ ...about, time: micros("2026-11-18T08:41:17Z"), errorCode: 59 });
    const again = registered({ ...about, time: micros("2026-11-18T08:55:00.125Z") });
    const before = advance(advance(undefined, [first], received - 2), [loss], received - 1);
    const { event } = toChangeMessage(before, advance(before, [again], received));
    expect(asRead(event)).toEqual(jsonBlock("json change"));
  });
});

describe("the page's table of topics", () => {
  const rows = tableOf(page, "topic");
  const typesOf = (topic: string) => {
    const [, types = ""] = rows.find(([name]) => name === topic) ?? [];
    return quotedIn(types).filter((text) => text.includes("."));
  };

  it("has the types of both topics", () => {
    expect(typesOf("alerts")).toEqual(AlertEventTypeSchema.options);
    expect(typesOf("changes")).toEqual([
      ...["registration.registered", "registration.unregistered"],
      ...["registration.updated", "registration.retired"],
    ]);
  });

  it("has the attributes that messages carry", () => {
    const [changes, alerts] = rows.map(([, , attributes = ""]) => quotedIn(attributes));
    const change = toChangeMessage(undefined, advance(undefined, [registered()], 0));
    expect(new Set(changes)).toEqual(new Set(Object.keys(change.attributes)));
    const alert = toAlertMessage(buildAlert(), withoutRunbook);
    expect(new Set(alerts)).toEqual(new Set(Object.keys(alert.attributes)));
  });
});
