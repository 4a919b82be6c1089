import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { sign } from "../../bridge/sign.ts";

/** An EventRegistered as a Platform SDK bridge sends one: every attribute that the reference names, a call on the DN. */
export const registeredEvent = (thisDN: string, micros: number): object => ({
  Event: "EventRegistered",
  Server: 65_200,
  ServerName: "SIPTS750",
  ThisDN: thisDN,
  time: { sec: Math.floor(micros / 1_000_000), usec: micros % 1_000_000 },
  ReferenceID: 88,
  InfoType: "AddressInfoAddressType",
  InfoStatus: { AddressType: "AddressTypeDN" },
  AgentID: "4711",
  CustomerID: "Retail",
  Extensions: {
    "conn-1": "0079028f1c2b5001",
    "call-uuid-1": "01AB23CD45EF67890123456789ABCDEF",
    "ps-1": 2,
  },
  AttributeEventSequenceNumber: 125_733,
  AttributeServerStartTime: 1_794_000_000,
});

/** Distinct DNs, never the same twice in a run. */
export const createNumbers = (): (() => string) => {
  let next = 1_000_000;
  return () => {
    next += 1;
    return String(next);
  };
};

/** A signed request as API Gateway hands it to ingest. */
export const signedRequest = (body: string, key: string): APIGatewayProxyEventV2 => {
  const id = `msg_${randomUUID()}`;
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    version: "2.0",
    routeKey: "POST /v1/events",
    rawPath: "/v1/events",
    rawQueryString: "",
    headers: { "content-type": "application/json", ...sign(key, { id, timestamp, body }) },
    requestContext: {
      accountId: "000000000000",
      apiId: "api",
      domainName: "api.example",
      domainPrefix: "api",
      http: {
        method: "POST",
        path: "/v1/events",
        protocol: "HTTP/1.1",
        sourceIp: "203.0.113.7",
        userAgent: "bench",
      },
      requestId: randomUUID(),
      routeKey: "POST /v1/events",
      stage: "$default",
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
    },
    body,
    isBase64Encoded: false,
  };
};
