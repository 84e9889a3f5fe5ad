import client.ApiClient;
import client.ApiException;
import client.api.DevicesApi;
import client.model.DeviceActionParams;
import client.model.DeviceActionRequest;
import client.model.DeviceActionRequestByIds;
import client.model.DeviceActionRequestByMacs;
import client.model.DeviceActionType;
import java.util.List;

/** The cases of `cargo xtask languages`, with the client that openapi-generator makes. */
public class Main {
  // snippet
  static DevicesApi connect(String accessToken) {
    var client = new ApiClient();
    client.setBasePath(System.getenv("IT_ACCESS_BASE_URL"));
    client.setApiKey(accessToken);
    return new DevicesApi(client);
  }

  public static void main(String[] arguments) throws ApiException {
    var devices = connect(System.getenv("IT_ACCESS_TOKEN"));

    var exempt = new DeviceActionRequestByIds()
        .types(DeviceActionType.EXEMPT)
        .ids(List.of("device123", "device456", "device789"))
        .params(new DeviceActionParams().exemptTime(60));
    Cases.report("exempt", devices.deviceAction(new DeviceActionRequest(exempt)));
    // end of snippet

    var reIdentify = new DeviceActionRequest(new DeviceActionRequestByIds()
        .types(DeviceActionType.RE_IDENTIFY)
        .ids(List.of("laptop-002")));
    Cases.report("by-ids", devices.deviceAction(reIdentify));

    var renew = new DeviceActionRequestByMacs()
        .types(DeviceActionType.DHCPRENEW)
        .macs(List.of("00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"));
    Cases.report("by-macs", devices.deviceAction(new DeviceActionRequest(renew)));

    var assign = new DeviceActionRequestByIds()
        .types(DeviceActionType.ASSIGN_TO_GROUP)
        .ids(List.of("laptop-001", "dc-001"))
        .params(new DeviceActionParams().groupId("finance"));
    Cases.report("group", devices.deviceAction(new DeviceActionRequest(assign)));

    try {
      connect("wrong").deviceAction(reIdentify);
    } catch (ApiException error) {
      Cases.refused("unauthorized", error.getCode(), error.getResponseHeaders());
    }

    try {
      while (true) {
        devices.deviceAction(reIdentify);
      }
    } catch (ApiException error) {
      Cases.refused("rate-limited", error.getCode(), error.getResponseHeaders());
    }
  }
}
