import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { isBridgeKey, sign } from "../../bridge/sign.ts";

const key = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

describe("sign", () => {
  it("agrees with the vector that the libraries of Standard Webhooks share", () => {
    const message = {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: 1_614_265_330,
      body: '{"test": 2432232314}',
    };
    expect(sign(key, message)).toEqual({
      "webhook-id": message.id,
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    });
  });

  it("is verified by the reference library, text beyond ASCII included", () => {
    const body = '{"ThisDN":"7001","CustomerID":"Größe ☎"}';
    const headers = sign(key, { id: "msg_1", timestamp: Math.floor(Date.now() / 1000), body });
    expect(new Webhook(key).verify(body, headers)).toEqual(JSON.parse(body));
  });
});

describe("isBridgeKey", () => {
  it.each([
    [key, true],
    ["MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", false],
    ["whsec_", false],
    ["whsec_a b", false],
  ])("%s: %s", (text, expected) => {
    expect(isBridgeKey(text)).toBe(expected);
  });
});
