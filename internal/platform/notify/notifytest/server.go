// Package notifytest is a mail server in the test's own process: it takes mails, keeps them, and refuses them when told.
package notifytest

import (
	"bufio"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Mail is one that was taken.
type Mail struct {
	To      string
	Header  mail.Header
	Subject string
	Text    string
	HTML    string
}

// Server takes mail on a port of its own.
type Server struct {
	t        *testing.T
	listener net.Listener
	mu       sync.Mutex
	mails    []Mail
	refusal  string // answer to RCPT; empty takes the mail
}

// Start runs a server until the test ends.
func Start(t *testing.T) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &Server{t: t, listener: listener}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s
}

// URL is what ERP_SMTP_URL would be.
func (s *Server) URL() string {
	return "smtp://" + s.listener.Addr().String() + "?from=erp@example.com"
}

// Refuse makes the server answer every recipient so ("451 later", "550 never"); "" takes mail again.
func (s *Server) Refuse(answer string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusal = answer
}

// Mails are those taken so far.
func (s *Server) Mails() []Mail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Mail(nil), s.mails...)
}

// Wait gives the mails once there are n.
func (s *Server) Wait(n int) []Mail {
	s.t.Helper()
	require.Eventually(s.t, func() bool { return len(s.Mails()) >= n }, 20*time.Second, 20*time.Millisecond, "no mail arrived")
	return s.Mails()
}

func (s *Server) talk(conn net.Conn) {
	defer conn.Close() //nolint:errcheck // because the test is over or the client has gone
	in := bufio.NewReader(conn)
	say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 test")
	to := ""
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.Fields(line + " x")[0]); verb {
		case "EHLO", "HELO":
			say("250 test")
		case "RCPT":
			s.mu.Lock()
			refusal := s.refusal
			s.mu.Unlock()
			if refusal != "" {
				say(refusal)
				continue
			}
			to = strings.Trim(strings.TrimSpace(line)[len("RCPT TO:"):], "<>")
			say("250 ok")
		case "DATA":
			say("354 go on")
			s.keep(to, body(in))
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func body(in *bufio.Reader) string {
	var b strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			return b.String()
		}
		b.WriteString(strings.TrimPrefix(line, "."))
	}
}

func (s *Server) keep(to, data string) {
	m := Mail{To: to}
	if message, err := mail.ReadMessage(strings.NewReader(data)); err == nil {
		m.Header = message.Header
		m.Subject, _ = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
		_, params, _ := mime.ParseMediaType(message.Header.Get("Content-Type"))
		parts := multipart.NewReader(message.Body, params["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err != nil {
				break
			}
			content, _ := io.ReadAll(quotedprintable.NewReader(part))
			if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
				m.HTML = string(content)
			} else {
				m.Text = string(content)
			}
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
}
