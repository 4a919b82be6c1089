import { describe, expect, it } from "vitest";
import { findProxy } from "../../../bridge/http/http-proxy.ts";
import { CommandError } from "../../../bridge/terminal/command-error.ts";

const address = "https://api.example.com";
const proxied = "http://proxy:3128";
const find = (environment: Record<string, string>, url = address) => findProxy(url, environment);

describe("the proxy for an address", () => {
  it.each([
    [{}, undefined],
    [{ HTTPS_PROXY: "" }, undefined],
    [{ HTTPS_PROXY: proxied }, "the proxy http://proxy:3128 (HTTPS_PROXY)"],
    [
      { https_proxy: proxied, HTTPS_PROXY: "http://b" },
      "the proxy http://proxy:3128 (https_proxy)",
    ],
    [{ https_proxy: "", HTTPS_PROXY: proxied }, "the proxy http://proxy:3128 (HTTPS_PROXY)"],
    [{ HTTP_PROXY: proxied }, "the proxy http://proxy:3128 (HTTP_PROXY)"],
    [{ HTTP_PROXY: "http://b", HTTPS_PROXY: proxied }, "the proxy http://proxy:3128 (HTTPS_PROXY)"],
    [{ ALL_PROXY: proxied, HTTP_PROXY: "http://b" }, "the proxy http://proxy:3128 (ALL_PROXY)"],
    [{ HTTPS_PROXY: "proxy:3128" }, "the proxy http://proxy:3128 (HTTPS_PROXY)"],
    [{ HTTPS_PROXY: " proxy " }, "the proxy http://proxy (HTTPS_PROXY)"],
    [{ HTTPS_PROXY: "10.1.2.3:3128" }, "the proxy http://10.1.2.3:3128 (HTTPS_PROXY)"],
    [{ HTTPS_PROXY: "[fd00::1]:3128" }, "the proxy http://[fd00::1]:3128 (HTTPS_PROXY)"],
    [{ HTTPS_PROXY: "https://proxy/" }, "the proxy https://proxy (HTTPS_PROXY)"],
    [{ HTTPS_PROXY: "ann:s3cret@proxy:3128" }, "the proxy http://proxy:3128 (HTTPS_PROXY)"],
  ])("by %j", (environment, expected) => {
    expect(find(environment)?.shown).toBe(expected);
  });

  it.each([
    ["http://ann:s3cret@proxy", "ann:s3cret"],
    ["http://ann@proxy", "ann:"],
    ["http://a%40b:p%3Aw%2F@proxy", "a@b:p:w/"],
    ["http://ann:100%@proxy", "ann:100%"],
    ["http://änn:ö@proxy", "änn:ö"],
  ])("gets the user and the password of %s", (value, expected) => {
    const credentials = Buffer.from(expected).toString("base64");
    expect(find({ HTTPS_PROXY: value })?.authorization).toBe(`Basic ${credentials}`);
  });

  it.each([
    "socks5://ann:s3cret@proxy:1080",
    "http://",
    "http://s3cret proxy",
    "http://proxy:99999",
  ])("cannot be %s, which is not repeated", (value) => {
    expect(() => find({ HTTPS_PROXY: value })).toThrow(CommandError);
    expect(() => find({ HTTPS_PROXY: value })).toThrow("HTTPS_PROXY names no proxy");
    expect(() => find({ HTTPS_PROXY: value })).not.toThrow("s3cret");
    expect(find({ HTTPS_PROXY: value, NO_PROXY: "*" })).toBeUndefined();
  });

  it.each([
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "https://127.0.0.1",
    "https://localhost",
    "https://[::1]:8443",
    "http://[::ffff:127.0.0.1]",
  ])("is none on this machine: %s", (url) => {
    const all = { HTTPS_PROXY: proxied, HTTP_PROXY: proxied, ALL_PROXY: proxied };
    expect(find(all, url)).toBeUndefined();
  });
});

describe("NO_PROXY", () => {
  const isDirect = (noProxy: string, url: string) =>
    find({ HTTPS_PROXY: proxied, NO_PROXY: noProxy }, url) === undefined;

  it.each([
    ["*", address],
    ["other, *", address],
    ["api.example.com", address],
    ["API.Example.COM.", address],
    ["example.com", address],
    [".example.com", address],
    ["*.example.com", address],
    [".api.example.com", address],
    ["a,b example.com", address],
    ["example.com:443", address],
    ["example.com:8443", "https://api.example.com:8443"],
    ["api.example.com", "https://api.example.com."],
    ["müller.example", "https://a.xn--mller-kva.example"],
    ["10.1.2.3", "https://10.1.2.3"],
    ["10.0.0.0/8", "https://10.1.2.3"],
    ["0.0.0.0/0", "https://10.1.2.3"],
    ["10.1.2.3:443", "https://10.1.2.3"],
    ["fd00::/8", "https://[fd00::1]"],
    ["fd00:0::1", "https://[fd00::1]"],
    ["[fd00::1]", "https://[fd00::1]"],
    ["[fd00::1]:443", "https://[fd00::1]"],
  ])("%j leaves %s out", (noProxy, url) => {
    expect(isDirect(noProxy, url)).toBe(true);
    expect(find({ HTTPS_PROXY: proxied, no_proxy: noProxy, NO_PROXY: "x" }, url)).toBeUndefined();
  });

  it.each([
    ["", address],
    [",", address],
    [".", address],
    ["ample.com", address],
    ["api.example.com.evil", address],
    ["example.com:8443", address],
    ["*:8443", address],
    ["com.example", address],
    ["10.1.2.3", "https://10.1.2.30"],
    ["2.3", "https://10.1.2.3"],
    ["10.0.0.0/8", "https://11.1.2.3"],
    ["10.0.0.0/", "https://10.0.0.0"],
    ["10.0.0.0/x", "https://10.0.0.0"],
    ["10.0.0.0/33", "https://10.0.0.0"],
    ["fd00::/8", "https://10.1.2.3"],
    ["10.0.0.0/8", "https://[fd00::1]"],
    ["10.0.0.0/8", address],
  ])("%j does not leave %s out", (noProxy, url) => {
    expect(isDirect(noProxy, url)).toBe(false);
  });
});
