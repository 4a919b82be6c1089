import { argv } from "node:process";
import { createAdapterServer } from "./adapter-server.ts";
import { createSqliteStore } from "./sqlite-store.ts";

const [, , port = "0", file = ""] = argv;
createAdapterServer(createSqliteStore(file)).listen(Number(port), "127.0.0.1", () => {
  process.stdout.write("ready\n");
});
