package main

import (
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// releaseProgram gives the system the pages of the program's own file back that only starting needed: code that runs once,
// and what lies around it, most of the file. What is needed again is mapped again from the system's cache. It fails
// silently: it is thrift, nothing depends on it.
func releaseProgram() {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/smaps")
	if err != nil {
		return
	}
	var from, to uint64 // of the mapping that the lines are about, zero for one that is none of the program's
	for line := range bytes.Lines(maps) {
		text := strings.TrimSpace(string(line))
		if begin, end, ok := programRange(text, program); ok {
			from, to = begin, end
		}
		changed, ok := strings.CutPrefix(text, "Anonymous:")
		if !ok {
			continue
		}
		if from != 0 && strings.TrimSpace(changed) == "0 kB" { // else pages were written, as a debugger does
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, uintptr(from), uintptr(to-from), syscall.MADV_DONTNEED)
		}
		from, to = 0, 0
	}
}

// programRange reads the head of a mapping, "00400000-01dba000 r-xp 00000000 fe:00 42 /opt/erp/erp"; ok for one of the
// program's that cannot be written.
func programRange(head, program string) (from, to uint64, ok bool) {
	if !strings.HasSuffix(head, " "+program) {
		return 0, 0, false
	}
	fields := strings.Fields(head)
	first, last, _ := strings.Cut(fields[0], "-")
	from, err := strconv.ParseUint(first, 16, 64)
	if err != nil || strings.Contains(fields[1], "w") {
		return 0, 0, false
	}
	to, err = strconv.ParseUint(last, 16, 64)
	return from, to, err == nil
}
