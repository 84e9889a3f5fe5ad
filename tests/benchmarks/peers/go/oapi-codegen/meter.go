package main

import (
	"encoding/json"
	"log"
	"os"
	"regexp"
	"strconv"
	"syscall"
	"time"
)

// A meter tells what the program cost since it was started, as one line of JSON. Linux only.
type meter struct {
	wall time.Time
	cpu  time.Duration
}

func startMeter() meter {
	return meter{time.Now(), cpuTime()}
}

func (m meter) tell() {
	wall, cpu := time.Since(m.wall), cpuTime()-m.cpu
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		log.Fatal(err)
	}
	peak, err := strconv.Atoi(string(regexp.MustCompile(`VmHWM:\s+(\d+)`).FindSubmatch(status)[1]))
	if err != nil {
		log.Fatal(err)
	}
	cost := map[string]any{"wall": wall.Seconds(), "cpu": cpu.Seconds(), "peak_kib": peak}
	if err := json.NewEncoder(os.Stdout).Encode(cost); err != nil {
		log.Fatal(err)
	}
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
