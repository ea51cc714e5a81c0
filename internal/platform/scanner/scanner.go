// Package scanner has files looked at by a malware scanner that speaks clamd's protocol. It knows no file's meaning, and no
// module.
package scanner

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"time"

	"erp/internal/platform/fault"
	"erp/internal/platform/resilience"
)

// Scanner asks one clamd.
type Scanner struct {
	network, address string
	peer             *resilience.Peer
}

// Bounds of one scan. clamd works on ten files at once unless told otherwise.
const (
	takes     = 20 * time.Second
	dialTakes = 2 * time.Second
	atOnce    = 10
	chunk     = 128 << 10
	maxReply  = 4 << 10
)

// New prepares the scanner at host:port or /path/of/a/socket. It calls nobody.
func New(at string) (*Scanner, error) {
	s := &Scanner{network: "tcp", address: at, peer: resilience.NewPeer("The malware scanner", resilience.Options{Timeout: takes, Concurrency: atOnce})}
	if path := strings.TrimPrefix(at, "unix:"); filepath.IsAbs(path) {
		s.network, s.address = "unix", path
		return s, nil
	}
	if host, port, err := net.SplitHostPort(at); err != nil || host == "" || port == "" {
		return nil, errors.New("is host:port or the path of a socket, such as 127.0.0.1:3310 or /run/clamav/clamd.ctl")
	}
	return s, nil
}

// Peer is the guard around the scanner, for the health page.
func (s *Scanner) Peer() *resilience.Peer { return s.peer }

// Scan gives the name of what was found, empty when nothing was. A scanner that does not answer, or says anything else, is
// Unavailable: what was not looked at is not let in. A file that is too long for it is Invalid.
func (s *Scanner) Scan(ctx context.Context, content []byte) (found string, err error) {
	return resilience.Once(ctx, s.peer, func(ctx context.Context) (string, error) {
		reply, err := s.ask(ctx, content)
		if err != nil {
			return "", away(err)
		}
		return verdict(reply)
	})
}

func away(cause error) error {
	return fault.New(fault.Unavailable, "scanner-away", "Files are checked for malware, and the scanner does not answer right now; try again in a moment.").
		After(10 * time.Second).Wrap(cause)
}

// ask sends the content and gives the reply.
func (s *Scanner) ask(ctx context.Context, content []byte) (reply string, err error) {
	conn, err := (&net.Dialer{Timeout: dialTakes}).DialContext(ctx, s.network, s.address)
	if err != nil {
		return "", fmt.Errorf("call the scanner: %w", err)
	}
	defer conn.Close() //nolint:errcheck // because its answer has been read
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	sent := send(conn, content)
	// Who finds the file too long says so before all of it has arrived, and hangs up.
	reply, err = bufio.NewReader(io.LimitReader(conn, maxReply)).ReadString(0)
	if err != nil {
		return "", fmt.Errorf("hear the scanner: %w", errors.Join(sent, err))
	}
	return strings.TrimRight(reply, "\x00"), nil
}

// send writes the content as clamd's INSTREAM has it: pieces with their length in front, and one of no length at the end.
func send(conn net.Conn, content []byte) error {
	w := bufio.NewWriterSize(conn, chunk)
	if _, err := w.WriteString("zINSTREAM\x00"); err != nil {
		return err
	}
	for len(content) > 0 {
		piece := content[:min(len(content), chunk)]
		content = content[len(piece):]
		if err := binary.Write(w, binary.BigEndian, uint32(len(piece))); err != nil { //nolint:gosec // because a piece is small
			return err
		}
		if _, err := w.Write(piece); err != nil {
			return err
		}
	}
	if err := binary.Write(w, binary.BigEndian, uint32(0)); err != nil {
		return err
	}
	return w.Flush()
}

// verdict reads "stream: OK" or "stream: Name FOUND"; everything else lets nothing in.
func verdict(reply string) (found string, err error) {
	said, ours := strings.CutPrefix(reply, "stream: ")
	name, bad := strings.CutSuffix(said, " FOUND")
	switch {
	case ours && said == "OK":
		return "", nil
	case ours && bad && name != "":
		return plain(name), nil
	case strings.Contains(reply, "size limit exceeded"):
		return "", fault.New(fault.Invalid, "too-large-to-scan", "The file is larger than the malware scanner takes; send it in parts.").At("body", "is too large to be checked for malware")
	default:
		return "", away(fmt.Errorf("the scanner said %q", reply))
	}
}

// plain keeps a name that a scanner gave short and harmless.
func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return '?'
		}
		return r
	}, name)
	return name[:min(len(name), 100)]
}
