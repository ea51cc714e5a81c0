package main_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAnIdleProgramIsSmall gates on bytes: half as much again as an idle program with all modules is meant to take.
func TestAnIdleProgramIsSmall(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", i.process.Process.Pid))
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	var kilobytes int
	_, err = fmt.Sscan(rest, &kilobytes)
	require.NoError(t, err)
	require.Less(t, kilobytes, 60*1024)
}
