import { parentPort } from "node:worker_threads";
import { buildFauxqsApp } from "./fauxqs-app.ts";

// fauxqs' own `startFauxqs` would listen on every interface.
const url = await buildFauxqsApp().app.listen({ host: "127.0.0.1", port: 0 });
parentPort?.postMessage({ url });
