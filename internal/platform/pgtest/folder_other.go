//go:build !linux

package pgtest

import "os"

// folder is where the server's data goes.
func folder() string { return os.TempDir() }
