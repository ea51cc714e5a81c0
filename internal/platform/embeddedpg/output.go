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

// tell passes a line of the server's log on: what ended something as a warning, the rest for those who debug.
func (c *cluster) tell(line string) {
	c.said.add(line)
	severity, message, found := strings.Cut(line, ":")
	if !found {
		c.log.Debug(strings.TrimSpace(line), "from", "postgres")
		return
	}
	message = strings.TrimSpace(message)
	switch strings.TrimSpace(severity) {
	case "FATAL", "PANIC", "WARNING":
		c.log.Warn(message, "from", "postgres", "severity", severity)
	default:
		c.log.Debug(message, "from", "postgres", "severity", severity)
	}
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
