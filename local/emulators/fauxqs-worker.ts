import { parentPort } from "node:worker_threads";
import { buildApp } from "fauxqs";

// `startFauxqs` would listen on every interface; without `host` its queue URLs name the address that was called.
const url = await buildApp({ logger: false }).listen({ host: "127.0.0.1", port: 0 });
parentPort?.postMessage({ url });
