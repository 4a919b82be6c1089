const standIn = (name: string, declaration: string): readonly [string, string] => {
  const end = name.lastIndexOf(".");
  const file = `${name.replaceAll(".", "/")}.java`;
  return [file, `package ${name.slice(0, end)};\npublic ${declaration}\n`];
};

const jackson = "com.fasterxml.jackson.databind";
const protocol = "com.genesyslab.platform.commons.protocol";
const threading = "com.genesyslab.platform.commons.threading";
const standby = "com.genesyslab.platform.standby";
const voice = "com.genesyslab.platform.voice.protocol";
const register = `${voice}.tserver.requests.dn.RequestRegisterAddress`;

/**
 * What the example uses of the Platform SDK for Java (and of Jackson), file by file, with the signatures that Genesys'
 * samples and public code show: enough to compile against, not to run. The SDK itself is not to be had without Genesys.
 */
export const platformSdkStandIns: ReadonlyMap<string, string> = new Map([
  standIn(
    `${protocol}.Message`,
    "abstract class Message { public abstract String messageName(); }",
  ),
  standIn(
    `${protocol}.MessageHandler`,
    "interface MessageHandler { void onMessage(Message message); }",
  ),
  standIn(`${protocol}.Endpoint`, "class Endpoint { public Endpoint(String host, int port) {} }"),
  standIn(`${protocol}.ClientChannel`, "interface ClientChannel {}"),
  ...["ChannelClosedEvent", "ChannelErrorEvent"].map((name) =>
    standIn(
      `${protocol}.${name}`,
      `class ${name} extends java.util.EventObject { public ${name}(Object source) { super(source); } }`,
    ),
  ),
  standIn(
    `${protocol}.ChannelListener`,
    `interface ChannelListener {
  void onChannelOpened(java.util.EventObject event);
  void onChannelClosed(ChannelClosedEvent event);
  void onChannelError(ChannelErrorEvent event);
}`,
  ),
  standIn(
    `${threading}.CompletionHandler`,
    "interface CompletionHandler<V, A> { void completed(V result, A attachment); void failed(Throwable cause, A attachment); }",
  ),
  standIn(
    `${standby}.WarmStandby`,
    `class WarmStandby {
  public WarmStandby(${protocol}.ClientChannel channel, ${protocol}.Endpoint... endpoints) {}
  public void autoRestore() {}
}`,
  ),
  standIn(`${voice}.tserver.AddressType`, "class AddressType {}"),
  standIn(
    `${voice}.tserver.ControlMode`,
    "class ControlMode { public static final ControlMode RegisterDefault = new ControlMode(); }",
  ),
  standIn(
    `${voice}.tserver.RegisterMode`,
    "class RegisterMode { public static final RegisterMode ModeShare = new RegisterMode(); }",
  ),
  standIn(
    register,
    `abstract class RequestRegisterAddress extends ${protocol}.Message {
  public static RequestRegisterAddress create(String thisDN, ${voice}.tserver.RegisterMode registerMode,
      ${voice}.tserver.ControlMode controlMode, ${voice}.tserver.AddressType addressType) { return null; }
}`,
  ),
  standIn(
    `${voice}.TServerProtocol`,
    `class TServerProtocol implements ${protocol}.ClientChannel {
  public void setClientName(String name) {}
  public void addChannelListener(${protocol}.ChannelListener listener) {}
  public void setMessageHandler(${protocol}.MessageHandler handler) {}
  public <A> void requestAsync(${protocol}.Message request, A attachment,
      ${threading}.CompletionHandler<${protocol}.Message, A> handler) {}
}`,
  ),
  standIn(
    "com.genesyslab.platform.json.jackson2.tserver.TServerModule",
    `class TServerModule extends ${jackson}.Module {}`,
  ),
  standIn(`${jackson}.Module`, "abstract class Module {}"),
  standIn(
    `${jackson}.JsonNode`,
    `class JsonNode {
  public boolean has(String name) { return false; }
  public boolean hasNonNull(String name) { return false; }
  public JsonNode path(String name) { return this; }
  public long asLong() { return 0; }
}`,
  ),
  standIn(
    `${jackson}.ObjectMapper`,
    `class ObjectMapper {
  public ObjectMapper registerModule(Module module) { return this; }
  public ${jackson}.node.ObjectNode createObjectNode() { return null; }
  public <T extends JsonNode> T valueToTree(Object value) { return null; }
}`,
  ),
  standIn(
    `${jackson}.node.ObjectNode`,
    `class ObjectNode extends ${jackson}.JsonNode {
  public ObjectNode put(String name, String value) { return this; }
  public ObjectNode putObject(String name) { return this; }
  public ${jackson}.JsonNode remove(String name) { return null; }
}`,
  ),
]);
