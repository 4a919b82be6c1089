import { describe, expect, it } from "vitest";
import { type Retirement, sendRetirement } from "../../commands/retire/send-retirement.ts";
import { type ScriptedAnswer, startScriptedApi } from "../support/scripted-api.ts";

const dn: Retirement = { server: "SIPTS750", thisDN: "7001", author: "Ada", note: "gone" };
const whole: Retirement = { server: "SIPTS750", author: "Ada", note: "gone" };

describe("a retirement", () => {
  it("is asked for with the token, and says what was done", async () => {
    const { asked, access } = await startScriptedApi({ status: 200, body: { retired: 2 } });
    expect(await sendRetirement(access, dn)).toBe(
      "retired: 2 registrations for DN 7001 on SIPTS750",
    );
    expect(asked).toMatchObject([
      { path: "/v1/retirements", headers: { authorization: "Bearer dnr_x" }, body: dn },
    ]);
  });

  it.each<[Retirement, ScriptedAnswer, string]>([
    [
      { ...dn, application: "bridge-a" },
      { status: 200, body: { retired: 1 } },
      "retired: 1 registration of bridge-a for DN 7001 on SIPTS750",
    ],
    [
      dn,
      { status: 200, body: { retired: 0 } },
      "nothing to do: DN 7001 on SIPTS750 was retired before",
    ],
    [
      whole,
      { status: 202, body: { status: "under way", applications: ["bridge-a", "bridge-b"] } },
      "under way: all registrations of bridge-a and bridge-b on SIPTS750 are being retired",
    ],
    [
      whole,
      {
        status: 202,
        body: { status: "under way", applications: ["a", "b"], applicationsCount: 40 },
      },
      "under way: all registrations of a, b and 38 more on SIPTS750 are being retired",
    ],
  ])("%j answered %j", async (retirement, answer, line) => {
    const { access } = await startScriptedApi(answer);
    expect(await sendRetirement(access, retirement)).toBe(line);
  });

  it("that is refused says why, by the names of the options", async () => {
    const problems = [{ pointer: "/note", detail: "is odd" }];
    const { access } = await startScriptedApi({
      status: 400,
      body: { detail: "See the problems.", problems },
    });
    await expect(sendRetirement(access, dn)).rejects.toThrow(
      "the API answered 400: See the problems. --note is odd",
    );
  });
});
