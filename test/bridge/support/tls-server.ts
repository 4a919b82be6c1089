import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";

const fileOf = (name: string): string => join(import.meta.dirname, "tls", name);

/** The certificate of the tests, for adapter.example, localhost and 127.0.0.1; no machine knows who issued it. */
export const certificateFile = fileOf("certificate.pem");

/** A server with that certificate. */
export const createTlsServer = (listener: RequestListener) =>
  createServer(
    { cert: readFileSync(certificateFile), key: readFileSync(fileOf("key.pem")) },
    listener,
  );

/** Makes this process trust that certificate; what is returned takes it back. */
export const trustCertificate = (): (() => void) => {
  const before = getCACertificates("default");
  setDefaultCACertificates([...before, readFileSync(certificateFile, "utf8")]);
  return () => setDefaultCACertificates(before);
};
