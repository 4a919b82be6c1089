/** The media type that a Content-Type names, in lower case; empty where the text is not UTF-8. */
export const mediaTypeOf = (contentType = ""): string => {
  const [mediaType = "", ...parameters] = contentType.toLowerCase().split(";");
  const charset = parameters.map((one) => one.trim()).find((one) => one.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return isUtf8 ? mediaType.trim() : "";
};
