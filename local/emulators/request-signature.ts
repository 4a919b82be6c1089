import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";

/** What a client of AWS signs its requests with. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
};
/** Why AWS would not take a request: the name of its error, and its message. */
export type SignatureFault = { readonly type: string; readonly message: string };
/** A request with its whole body. */
export type SignedCall = Pick<IncomingMessage, "method" | "url" | "headers"> & {
  readonly body: Buffer;
};

const authorizationForm =
  /^AWS4-HMAC-SHA256\s+Credential=([^/,\s]+)\/(\d{8})\/([^/,\s]+)\/([^/,\s]+)\/aws4_request\s*,\s*SignedHeaders=([a-z0-9;-]+)\s*,\s*Signature=([0-9a-f]{64})$/;
const dateForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
const toleratedMilliseconds = 5 * 60 * 1000;

const readAuthorization = (text: string) => {
  const match = authorizationForm.exec(text);
  if (match === null) return undefined;
  const [, accessKeyId = "", day = "", region = "", service = "", names = "", signature = ""] =
    match;
  return { accessKeyId, day, region, service, names: names.split(";"), signature };
};
type Authorization = NonNullable<ReturnType<typeof readAuthorization>>;

const readDate = (text: unknown): Date | undefined => {
  if (typeof text !== "string" || !dateForm.test(text)) return undefined;
  const date = new Date(text.replace(dateForm, "$1-$2-$3T$4:$5:$6Z"));
  return Number.isNaN(date.getTime()) ? undefined : date;
};

/** The headers that the client signed; of the body's hash, what it is and not what the client says. */
const signedHeaders = ({ headers }: SignedCall, names: readonly string[]) =>
  Object.fromEntries(
    names
      .filter((name) => name !== "x-amz-content-sha256")
      .map((name) => [name, [headers[name] ?? ""].flat().join(",")]),
  );

/** Undefined where the request names no place, as `*` does. */
const readPlace = (url = "/"): URL | undefined => {
  // Beside a base, `//` would begin the name of a host.
  const whole = url.startsWith("/") ? `http://127.0.0.1${url}` : url;
  return URL.canParse(whole) ? new URL(whole) : undefined;
};

const signAgain = async (
  request: SignedCall,
  { pathname, searchParams }: URL,
  { region, service, names }: Authorization,
  credentials: AwsCredentials,
  signingDate: Date,
): Promise<string> => {
  const sha256 = Hash.bind(null, "sha256");
  const applyChecksum = names.includes("x-amz-content-sha256");
  const signer = new SignatureV4({ credentials, region, service, sha256, applyChecksum });
  const parts = {
    method: request.method ?? "POST",
    protocol: "http:",
    hostname: "127.0.0.1",
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: signedHeaders(request, names),
    body: request.body,
  };
  const signed = await signer.sign(parts, { signingDate, signableHeaders: new Set(names) });
  const { authorization = "" } = signed.headers;
  return readAuthorization(authorization)?.signature ?? "";
};

const isSame = (one: string, other: string): boolean => {
  const [bytes, others] = [Buffer.from(one), Buffer.from(other)];
  return bytes.length === others.length && timingSafeEqual(bytes, others);
};

const hint = "The credentials of this run are in .local/stack.json.";
const faults = {
  missing: {
    type: "MissingAuthenticationTokenException",
    message: `The request is not signed with Signature Version 4. ${hint}`,
  },
  unknown: {
    type: "UnrecognizedClientException",
    message: `The security token included in the request is invalid. ${hint}`,
  },
  wrong: {
    type: "InvalidSignatureException",
    message: `The request signature we calculated does not match the signature you provided. ${hint}`,
  },
  expired: {
    type: "InvalidSignatureException",
    message: "Signature expired, or not yet current: it is more than five minutes off.",
  },
} as const satisfies Record<string, SignatureFault>;

/** Checks the signature of a request as AWS does. Undefined when the holder of the credentials signed it, within five minutes. */
export const signatureFault = async (
  request: SignedCall,
  credentials: AwsCredentials,
  now: number,
): Promise<SignatureFault | undefined> => {
  const authorization = readAuthorization(request.headers.authorization ?? "");
  const date = readDate(request.headers["x-amz-date"]);
  if (authorization === undefined || date === undefined) return faults.missing;
  if (!isSame(authorization.accessKeyId, credentials.accessKeyId)) return faults.unknown;
  if (Math.abs(now - date.getTime()) > toleratedMilliseconds) return faults.expired;
  const place = readPlace(request.url);
  if (place === undefined) return faults.wrong;
  const signature = await signAgain(request, place, authorization, credentials, date);
  return isSame(signature, authorization.signature) ? undefined : faults.wrong;
};
