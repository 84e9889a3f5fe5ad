import client.ApiClient;
import client.api.DevicesApi;
import client.model.DeviceActionParams;
import client.model.DeviceActionRequest;
import client.model.DeviceActionType;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.springframework.web.client.RestClientResponseException;

/** The cases of `cargo xtask languages`, with the client that openapi-generator makes for Spring's RestClient. */
public class Main {
  // snippet
  static DevicesApi connect(String accessToken) {
    // Otherwise an empty list of MAC addresses goes with every list of HWIDs, and the service refuses both.
    var mapper = ApiClient.createDefaultMapper(null).setSerializationInclusion(Include.NON_EMPTY);
    var client = new ApiClient(mapper, ApiClient.createDefaultDateFormat());
    client.setBasePath(System.getenv("IT_ACCESS_BASE_URL"));
    client.setApiKey(accessToken);
    return new DevicesApi(client);
  }

  public static void main(String[] arguments) {
    var devices = connect(System.getenv("IT_ACCESS_TOKEN"));

    // One class for both: set `ids` or `macs`, never both.
    var exempt = new DeviceActionRequest()
        .types(DeviceActionType.EXEMPT)
        .ids(List.of("device123", "device456", "device789"))
        .params(new DeviceActionParams().exemptTime(60));
    Cases.report("exempt", devices.deviceAction(exempt));
    // end of snippet

    var reIdentify = new DeviceActionRequest()
        .types(DeviceActionType.RE_IDENTIFY)
        .ids(List.of("laptop-002"));
    Cases.report("by-ids", devices.deviceAction(reIdentify));

    var renew = new DeviceActionRequest()
        .types(DeviceActionType.DHCPRENEW)
        .macs(List.of("00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"));
    Cases.report("by-macs", devices.deviceAction(renew));

    var assign = new DeviceActionRequest()
        .types(DeviceActionType.ASSIGN_TO_GROUP)
        .ids(List.of("laptop-001", "dc-001"))
        .params(new DeviceActionParams().groupId("finance"));
    Cases.report("group", devices.deviceAction(assign));

    try {
      connect("wrong").deviceAction(reIdentify);
    } catch (RestClientResponseException error) {
      Cases.refused("unauthorized", error.getStatusCode().value(), error.getResponseHeaders());
    }

    try {
      while (true) {
        devices.deviceAction(reIdentify);
      }
    } catch (RestClientResponseException error) {
      Cases.refused("rate-limited", error.getStatusCode().value(), error.getResponseHeaders());
    }
  }
}
