package pgtest

import (
	"os"
	"syscall"
)

// roomy is what the memory file system must have free: containers often get 64 MB, which a few databases fill.
const roomy = 2 << 30

// folder is where the server's data goes: memory when there is plenty, for copying a database means creating hundreds
// of files.
func folder() string {
	const memory = "/dev/shm"
	var at syscall.Statfs_t
	if err := syscall.Statfs(memory, &at); err == nil && at.Bavail*uint64(at.Bsize) > roomy {
		return memory
	}
	return os.TempDir()
}
