// Package cases is what the drivers have in common: how they say what a call gave.
package cases

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"strconv"
)

// Report says what became of each device.
func Report[Result ~int32](name string, results map[string]Result) {
	say(name, results)
}

// Refused says what status a refusal has, and what its headers tell of the quota.
func Refused(name string, answer *http.Response) {
	number := func(header string) int {
		return Must(strconv.Atoi(answer.Header.Get(header)))
	}
	say(name, map[string]int{
		"status":    answer.StatusCode,
		"limit":     number("X-RateLimit-Limit"),
		"remaining": number("X-RateLimit-Remaining"),
		"reset":     number("X-RateLimit-Reset-Time"),
	})
}

// Must ends the program if there is an error.
func Must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func say(name string, value any) {
	fmt.Println(name, string(Must(json.Marshal(value))))
}
