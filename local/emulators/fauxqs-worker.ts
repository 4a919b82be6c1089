import { parentPort } from "node:worker_threads";
import { buildApp } from "fauxqs";

// fauxqs' own `startFauxqs` would listen on every interface; without `host`, queue URLs have the address that the client used.
const url = await buildApp({ logger: false }).listen({ host: "127.0.0.1", port: 0 });
parentPort?.postMessage({ url });
