import { isUtf8 } from "node:buffer";
import type { APIGatewayProxyEventV2 } from "aws-lambda";

type Request = Pick<APIGatewayProxyEventV2, "body" | "isBase64Encoded">;

/** The body byte for byte as it was sent: what the bridge signed. */
export const bodyBytesOf = ({ body, isBase64Encoded }: Request): Buffer =>
  Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");

/** The bytes as text; undefined when they are not UTF-8. A byte order mark is dropped. */
export const bodyTextOf = (bytes: Uint8Array): string | undefined =>
  isUtf8(bytes)
    ? Buffer.from(bytes)
        .toString()
        .replace(/^\uFEFF/, "")
    : undefined;
