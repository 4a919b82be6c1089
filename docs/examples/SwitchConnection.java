// The connecting half of a bridge, made with the Genesys Platform SDK for Java: see ../bridge-authors.md.
// Compiled against stand-ins with the signatures of Genesys' samples and public code; not run against the SDK or a T-Server.
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.genesyslab.platform.commons.protocol.ChannelClosedEvent;
import com.genesyslab.platform.commons.protocol.ChannelErrorEvent;
import com.genesyslab.platform.commons.protocol.ChannelListener;
import com.genesyslab.platform.commons.protocol.Endpoint;
import com.genesyslab.platform.commons.protocol.Message;
import com.genesyslab.platform.commons.protocol.MessageHandler;
import com.genesyslab.platform.commons.threading.CompletionHandler;
import com.genesyslab.platform.json.jackson2.tserver.TServerModule;
import com.genesyslab.platform.standby.WarmStandby;
import com.genesyslab.platform.voice.protocol.TServerProtocol;
import com.genesyslab.platform.voice.protocol.tserver.AddressType;
import com.genesyslab.platform.voice.protocol.tserver.ControlMode;
import com.genesyslab.platform.voice.protocol.tserver.RegisterMode;
import com.genesyslab.platform.voice.protocol.tserver.requests.dn.RequestRegisterAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EventObject;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Holds the registrations on one Switch, at whichever T-Server of its pair answers. */
final class SwitchConnection implements ChannelListener, MessageHandler {
  /** Yours: keeps events on disk until they are sent, a session's events in envelopes of their own. */
  interface Outbox {
    void beginSession(String serverName, String sessionId, Instant startedAt);
    void add(String event);
    void registrationUnanswered(String thisDN, Throwable cause);
  }

  private static final Set<String> WANTED =
      Set.of("EventRegistered", "EventUnregistered", "EventUnregisteredAll", "EventLinkDisconnected", "EventLinkConnected");

  private final TServerProtocol protocol = new TServerProtocol();
  private final ObjectMapper json = new ObjectMapper();
  private final String serverName; // The Switch object's name: one for both T-Servers of the pair.
  private final Map<String, AddressType> directoryNumbers;
  private final Outbox outbox;

  SwitchConnection(String serverName, Map<String, AddressType> directoryNumbers, Outbox outbox) {
    this.serverName = serverName;
    this.directoryNumbers = directoryNumbers;
    this.outbox = outbox;
    json.registerModule(new TServerModule()); // Leaves out what is absent: no ReferenceID of 0.
  }

  void start(Endpoint primary, Endpoint backup) {
    protocol.setClientName("dn-registration-bridge");
    protocol.addChannelListener(this);
    protocol.setMessageHandler(this);
    new WarmStandby(protocol, primary, backup).autoRestore(); // Opens, and opens again after each break.
  }

  @Override
  public void onChannelOpened(EventObject event) { // At the first connection and after each reconnect or switchover.
    outbox.beginSession(serverName, "session-" + UUID.randomUUID(), now());
    directoryNumbers.forEach(this::register);
  }

  void register(String thisDN, AddressType type) {
    RequestRegisterAddress request =
        RequestRegisterAddress.create(thisDN, RegisterMode.ModeShare, ControlMode.RegisterDefault, type);
    try {
      protocol.requestAsync(request, thisDN, new CompletionHandler<Message, Object>() {
        @Override
        public void completed(Message answer, Object attachment) {
          forward(answer, thisDN); // EventRegistered, or the EventError that refuses.
        }

        @Override
        public void failed(Throwable cause, Object attachment) {
          outbox.registrationUnanswered(thisDN, cause); // Try again in a minute, unless the channel is closed.
        }
      });
    } catch (Exception notSent) {
      outbox.registrationUnanswered(thisDN, notSent);
    }
  }

  @Override
  public void onMessage(Message message) {
    if (WANTED.contains(message.messageName())) forward(message, null);
  }

  private void forward(Message message, String requestedDN) {
    ObjectNode event = json.valueToTree(message);
    event.put("messageName", message.messageName());
    event.put("serverName", serverName);
    if (requestedDN != null && !event.hasNonNull("thisDN")) event.put("thisDN", requestedDN); // An EventError may lack it.
    if (event.path("referenceID").asLong() == 0) event.remove("referenceID");
    if (!event.has("extensions")) event.putObject("extensions"); // Mandatory in an EventRegistered, though it may be empty.
    outbox.add(event.toString());
  }

  @Override
  public void onChannelClosed(ChannelClosedEvent event) { // No event comes of it: the bridge tells.
    ObjectNode disconnected = json.createObjectNode();
    disconnected.put("messageName", "EventServerDisconnected");
    disconnected.put("serverName", serverName);
    disconnected.put("time", now().toString());
    outbox.add(disconnected.toString());
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS); // Newer JDKs have nanoseconds, which the adapter cuts.
  }

  @Override
  public void onChannelError(ChannelErrorEvent event) {}
}
