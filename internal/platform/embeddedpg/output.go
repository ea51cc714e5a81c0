package embeddedpg

import (
	"bytes"
	"strings"
	"sync"
)

// lines cuts a stream into lines. One process writes to it, from one goroutine.
type lines struct {
	tell func(line string)
	rest []byte
}

// Write takes what Postgres said.
func (l *lines) Write(p []byte) (int, error) {
	l.rest = append(l.rest, p...)
	for {
		line, rest, whole := bytes.Cut(l.rest, []byte("\n"))
		if !whole {
			return len(p), nil
		}
		l.rest = rest
		l.tell(string(line))
	}
}

// tell passes a line of the server's log on: what somebody should look into as a warning, the rest for those who debug.
// A FATAL ends one session, and is told to the program at the other end of it.
func (c *cluster) tell(line string) {
	c.said.add(line)
	severity, message, _ := strings.Cut(line, ":")
	severity, message = strings.TrimSpace(severity), strings.TrimSpace(message)
	if severity == "PANIC" || severity == "WARNING" || strings.Contains(message, "was terminated by") {
		c.log.Warn(message, "from", "postgres", "severity", severity)
		return
	}
	c.log.Debug(line, "from", "postgres")
}

// tail keeps the last words of the server, for the error that tells of its end.
type tail struct {
	mu    sync.Mutex
	lines []string
}

func (t *tail) add(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.lines = append(t.lines, line)
	if len(t.lines) > 12 {
		t.lines = t.lines[1:]
	}
}

// String is the last words, one a line.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.Join(t.lines, "\n")
}
