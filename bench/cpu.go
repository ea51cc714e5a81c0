package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// tick is the unit in which /proc counts CPU time on Linux.
const tick = 10 * time.Millisecond

// cpuOf is the CPU time of a process: user and system, and that of children it has waited for.
func cpuOf(pid int) time.Duration {
	fields, err := statOf(pid)
	if err != nil {
		return 0
	}
	var sum time.Duration
	for _, at := range []int{11, 12, 13, 14} { // utime, stime, cutime, cstime
		n, _ := strconv.Atoi(fields[at])
		sum += time.Duration(n) * tick
	}
	return sum
}

// statOf reads /proc/PID/stat from its third field on; the second may hold anything.
func statOf(pid int) ([]string, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return nil, err
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 20 {
		return nil, fmt.Errorf("unexpected /proc/%d/stat", pid)
	}
	return fields, nil
}

// familyCPU is the CPU time of a process and its living children, such as Postgres and its backends.
func familyCPU(pid int) time.Duration {
	sum := cpuOf(pid)
	for _, child := range childrenOf(pid) {
		sum += cpuOf(child)
	}
	return sum
}

func childrenOf(pid int) []int {
	var children []int
	entries, _ := filepath.Glob("/proc/[0-9]*")
	for _, entry := range entries {
		child, err := strconv.Atoi(filepath.Base(entry))
		if err != nil {
			continue
		}
		if fields, err := statOf(child); err == nil && fields[1] == strconv.Itoa(pid) {
			children = append(children, child)
		}
	}
	return children
}

// memoryOf reads one line of /proc/PID/status, in MiB.
func memoryOf(pid int, line string) int {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for row := range strings.Lines(string(text)) {
		if rest, ok := strings.CutPrefix(row, line); ok {
			kib, _ := strconv.Atoi(strings.Fields(rest)[0])
			return kib / 1024
		}
	}
	return 0
}
