// The cases of `cargo xtask languages`, with the client that oapi-codegen makes.
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"languages/cases"
	"languages/oapi-codegen/client"
)

// snippet

// The generator does not read `apiKey` schemes: an editor of requests adds the token.
func withToken(token string) client.RequestEditorFn {
	return func(_ context.Context, request *http.Request) error {
		query := request.URL.Query()
		query.Set("access_token", token)
		request.URL.RawQuery = query.Encode()
		return nil
	}
}

func main() {
	ctx := context.Background()
	token := client.WithRequestEditorFn(withToken(os.Getenv("IT_ACCESS_TOKEN")))
	devices, err := client.NewClientWithResponses(os.Getenv("IT_ACCESS_BASE_URL"), token)
	if err != nil {
		log.Fatal(err)
	}

	hours := int32(60)
	var exempt client.DeviceActionRequest
	if err := exempt.FromDeviceActionRequestByIds(client.DeviceActionRequestByIds{
		Types:  client.Exempt,
		Ids:    []string{"device123", "device456", "device789"},
		Params: &client.DeviceActionParams{ExemptTime: &hours},
	}); err != nil {
		log.Fatal(err)
	}
	answer, err := devices.DeviceActionWithResponse(ctx, exempt)
	if err != nil {
		log.Fatal("no answer") // The error may hold the URL, and with it the token.
	}
	// A refusal is no error here: the answer has its status, and then no results.
	if answer.JSON200 == nil {
		log.Fatal(answer.Status())
	}
	cases.Report("exempt", *answer.JSON200)
	// end of snippet

	call := func(request client.DeviceActionRequest, editors ...client.RequestEditorFn) *client.DeviceActionResponse {
		return cases.Must(devices.DeviceActionWithResponse(ctx, request, editors...))
	}
	var reIdentify, renew, assign client.DeviceActionRequest
	_ = reIdentify.FromDeviceActionRequestByIds(client.DeviceActionRequestByIds{
		Types: client.ReIdentify, Ids: []string{"laptop-002"},
	})
	cases.Report("by-ids", *call(reIdentify).JSON200)
	_ = renew.FromDeviceActionRequestByMacs(client.DeviceActionRequestByMacs{
		Types: client.Dhcprenew, Macs: []string{"00:0c:29:cd:c7:b2", "00:0c:29:4f:8e:35"},
	})
	cases.Report("by-macs", *call(renew).JSON200)
	group := "finance"
	_ = assign.FromDeviceActionRequestByIds(client.DeviceActionRequestByIds{
		Types: client.AssignToGroup, Ids: []string{"laptop-001", "dc-001"},
		Params: &client.DeviceActionParams{GroupId: &group},
	})
	cases.Report("group", *call(assign).JSON200)

	refused := call(reIdentify, withToken("wrong"))
	cases.Refused("unauthorized", refused.HTTPResponse)
	for refused = call(reIdentify); refused.JSON200 != nil; refused = call(reIdentify) {
	}
	cases.Refused("rate-limited", refused.HTTPResponse)
}
