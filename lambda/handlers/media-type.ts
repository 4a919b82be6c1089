/** The media type that a Content-Type names, in lower case; empty where the text is not UTF-8. */
export const mediaTypeOf = (contentType = ""): string => {
  const text = contentType.toLowerCase();
  const parameters = text.split(";").map((one) => one.trim());
  const charset = parameters.find((one) => one.startsWith("charset="));
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return isUtf8 ? text.replace(/;.*/s, "").trim() : "";
};
