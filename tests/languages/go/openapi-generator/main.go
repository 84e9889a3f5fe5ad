// The cases of `cargo xtask languages`, with the client that openapi-generator makes.
package main

import (
	"context"
	"log"
	"os"

	"languages/cases"
	"languages/openapi-generator/client"
)

// snippet

// connect returns the client, and the context that carries the token.
func connect(token string) (*client.APIClient, context.Context) {
	configuration := client.NewConfiguration()
	configuration.Servers = client.ServerConfigurations{{URL: os.Getenv("IT_ACCESS_BASE_URL")}}
	keys := map[string]client.APIKey{"AccessToken": {Key: token}}
	return client.NewAPIClient(configuration), context.WithValue(context.Background(), client.ContextAPIKeys, keys)
}

func main() {
	devices, ctx := connect(os.Getenv("IT_ACCESS_TOKEN"))

	exempt := client.NewDeviceActionRequestByIds(client.EXEMPT, []string{"device123", "device456", "device789"})
	exempt.Params = &client.DeviceActionParams{ExemptTime: client.PtrInt32(60)}
	results, _, err := devices.DevicesAPI.DeviceAction(ctx).
		DeviceActionRequest(client.DeviceActionRequestByIdsAsDeviceActionRequest(exempt)).
		Execute()
	if err != nil {
		log.Fatal("no results") // The error may hold the URL, and with it the token.
	}
	cases.Report("exempt", *results)
	// end of snippet

	call := func(request client.DeviceActionRequest) map[string]client.DeviceActionResult {
		results, _, err := devices.DevicesAPI.DeviceAction(ctx).DeviceActionRequest(request).Execute()
		return *cases.Must(results, err)
	}
	reIdentify := client.DeviceActionRequestByIdsAsDeviceActionRequest(
		client.NewDeviceActionRequestByIds(client.RE_IDENTIFY, []string{"laptop-002"}))
	cases.Report("by-ids", call(reIdentify))

	renew := client.NewDeviceActionRequestByMacs(
		client.DHCPRENEW, []string{"00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"})
	cases.Report("by-macs", call(client.DeviceActionRequestByMacsAsDeviceActionRequest(renew)))

	assign := client.NewDeviceActionRequestByIds(client.ASSIGN_TO_GROUP, []string{"laptop-001", "dc-001"})
	assign.Params = &client.DeviceActionParams{GroupId: client.PtrString("finance")}
	cases.Report("group", call(client.DeviceActionRequestByIdsAsDeviceActionRequest(assign)))

	stranger, unknown := connect("wrong")
	_, answer, err := stranger.DevicesAPI.DeviceAction(unknown).DeviceActionRequest(reIdentify).Execute()
	if err == nil {
		log.Fatal("not refused")
	}
	cases.Refused("unauthorized", answer)

	for err = nil; err == nil; {
		_, answer, err = devices.DevicesAPI.DeviceAction(ctx).DeviceActionRequest(reIdentify).Execute()
	}
	cases.Refused("rate-limited", answer)
}
