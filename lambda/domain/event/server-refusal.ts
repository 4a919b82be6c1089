import { maxServers } from "../rules.ts";

/** Why a T-Server's name is refused, with what to do, and without the name itself. */
export type ServerRefusal = { code: "server-not-allowed" | "too-many-servers"; detail: string };

const freeing = "retire one that is gone (npm run retire -- --server NAME --note TEXT)";

/** The key may not name the server. */
export const notAllowed: ServerRefusal = {
  code: "server-not-allowed",
  detail:
    "this key may not name this T-Server: have the operator make a key that may (npm run keys -- add --name NAME --servers LIST)",
};

/** The application has as many servers as the setting allows. */
export const tooManyOfApplication = (limit: number): ServerRefusal => ({
  code: "too-many-servers",
  detail: `this bridge has named ${limit} T-Servers, and may name no more: ${freeing}, or raise the setting serversPerKey`,
});

/** The stage has as many servers as it can. */
export const tooManyOfStage: ServerRefusal = {
  code: "too-many-servers",
  detail: `this stage knows ${maxServers} T-Servers, and takes no more: ${freeing}`,
};

/** Whether the code of a problem says that a server's name was refused. */
export const isServerRefusal = (code: string): boolean =>
  code === "server-not-allowed" || code === "too-many-servers";
