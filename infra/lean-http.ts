import type { Plugin } from "esbuild";

/**
 * Takes `http` and `https` as they are inside of Node. Importing `node:http` into an ES module reads every export of
 * it, `WebSocket` too, and that loads undici: 17 ms before the first call over plain HTTP.
 */
export const leanHttp: Plugin = {
  name: "lean-http",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({ path, namespace: "lean-http" }));
    onLoad({ filter: /./, namespace: "lean-http" }, ({ path }) => ({
      contents: `const http = process.getBuiltinModule("${path}");
        export const { Agent, request } = http;
        export default http;`,
    }));
  },
};
