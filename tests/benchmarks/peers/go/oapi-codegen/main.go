// A call with the client that oapi-codegen makes.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"languages/oapi-codegen/client"
)

func main() {
	devices, warmUp, requests := argument(2), argument(3), argument(4)
	hwids := make([]string, devices)
	for number := range hwids {
		hwids[number] = fmt.Sprintf("%032x", number)
	}
	service, err := client.NewClientWithResponses(
		os.Args[1], client.WithHTTPClient(httpClient()), client.WithRequestEditorFn(addToken))
	if err != nil {
		log.Fatal(err)
	}
	repeat := func(times int) {
		for range times {
			applied := 0
			for _, state := range unexempt(service, hwids) {
				if state.result != nil && *state.result == client.Applied {
					applied++
				}
			}
			if applied != devices {
				log.Fatal("applied to ", applied)
			}
		}
	}
	repeat(warmUp)
	meter := startMeter()
	repeat(requests)
	meter.tell()
}

func argument(place int) int {
	number, err := strconv.Atoi(os.Args[place])
	if err != nil {
		log.Fatal(err)
	}
	return number
}

// With the time limits of the others, and like them without redirects, and with a new connection for each request.
func httpClient() *http.Client {
	return &http.Client{
		Timeout: 60 * time.Second,
		Transport: &http.Transport{
			DialContext:       (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
			DisableKeepAlives: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// The generator does not read `apiKey` schemes.
func addToken(_ context.Context, request *http.Request) error {
	request.URL.RawQuery = "access_token=simulated-token"
	return nil
}

type state struct {
	hwid   string
	result *client.DeviceActionResult
}

// Each device once, and its state.
func unexempt(service *client.ClientWithResponses, hwids []string) []state {
	ids := make([]string, 0, len(hwids))
	seen := make(map[string]bool, len(hwids))
	for _, hwid := range hwids {
		if !seen[hwid] {
			seen[hwid] = true
			ids = append(ids, hwid)
		}
	}
	var request client.DeviceActionRequest
	if err := request.FromDeviceActionRequestByIds(client.DeviceActionRequestByIds{
		Types: client.Unexempt, Ids: ids,
	}); err != nil {
		log.Fatal(err)
	}
	answer, err := service.DeviceActionWithResponse(context.Background(), request)
	if err != nil {
		log.Fatal(err)
	}
	if answer.JSON200 == nil {
		log.Fatal(answer.Status())
	}
	states := make([]state, len(ids))
	for place, hwid := range ids {
		states[place].hwid = hwid
		if result, known := (*answer.JSON200)[hwid]; known {
			states[place].result = &result
		}
	}
	return states
}
