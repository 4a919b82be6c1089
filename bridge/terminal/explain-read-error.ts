/** Why a file that a person named cannot be read, in words; Node's message repeats the path and is for programmers. */
export const explainReadError = (name: string, error: unknown): string => {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return `there is no file ${name}`;
  if (code === "EISDIR") return `${name} is a folder: give the files in it`;
  if (code === "EACCES" || code === "EPERM") return `you have no permission to read ${name}`;
  if (code === "ELOOP") return `${name} is a link that leads back to itself`;
  if (code === "ENXIO") return `${name} is a socket or a device that cannot be opened`;
  if (code === "EMFILE" || code === "ENFILE")
    return `${name} cannot be opened beside so many open files: see ulimit -n`;
  return `${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
};
