import { builtinModules as names } from "node:module";
import type { Plugin } from "esbuild";

const builtin = new RegExp(`^(?:node:)?(?:${names.join("|")})$`);

/**
 * Takes Node's own modules as they are inside of Node. An `import` of one in an ES module reads all that it exports,
 * what is only made when it is asked for too: `WebSocket` of `node:http` loads undici, `ReadStream` of `node:fs` the
 * streams of files.
 */
export const builtinModules: Plugin = {
  name: "builtin-modules",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: builtin }, ({ path }) => ({ path, namespace: "builtin-modules" }));
    onLoad({ filter: /./, namespace: "builtin-modules" }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule("${path}");`,
    }));
  },
};
