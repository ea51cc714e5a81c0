// Package notifytest is a mail server in the test's own process: it takes mails, keeps them, and refuses them when told.
package notifytest

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
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
	Files   map[string][]byte // attached, by name
	// Encrypted says that it came over TLS, and As who had signed in for it.
	Encrypted bool
	As        string
}

// Server takes mail on a port of its own.
type Server struct {
	t        *testing.T
	listener net.Listener
	mu       sync.Mutex
	mails    []Mail
	refusal  string // answer to RCPT; empty takes the mail
	tls      *tls.Config
	implicit bool
	signedIn []string
}

// Start runs a server until the test ends.
func Start(t *testing.T) *Server {
	t.Helper()
	return start(t, nil, false)
}

// StartTLS runs a server that offers STARTTLS, or speaks TLS from the first byte.
func StartTLS(t *testing.T, config *tls.Config, implicit bool) *Server {
	t.Helper()
	return start(t, config, implicit)
}

func start(t *testing.T, config *tls.Config, implicit bool) *Server {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	s := &Server{t: t, listener: listener, tls: config, implicit: implicit}
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

// Port is where the server listens.
func (s *Server) Port() int {
	address, _ := s.listener.Addr().(*net.TCPAddr) // it listens on TCP
	return address.Port
}

// SignedIn is what clients have said to sign in.
func (s *Server) SignedIn() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.signedIn...)
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

// talk is one conversation.
type talk struct {
	server    *Server
	conn      net.Conn
	in        *bufio.Reader
	encrypted bool
	as, to    string
}

func (s *Server) talk(conn net.Conn) {
	c := &talk{server: s, conn: conn, in: bufio.NewReader(conn)}
	defer func() { _ = c.conn.Close() }()
	if s.implicit {
		c.encrypt()
	}
	c.say("220 test")
	for {
		line, err := c.in.ReadString('\n')
		if err != nil || !c.answer(strings.TrimSpace(line)) {
			return
		}
	}
}

func (c *talk) say(line string) { _, _ = fmt.Fprintf(c.conn, "%s\r\n", line) }

func (c *talk) encrypt() {
	c.conn = tls.Server(c.conn, c.server.tls)
	c.in, c.encrypted = bufio.NewReader(c.conn), true
}

// answer answers one line; false ends the conversation.
func (c *talk) answer(line string) bool {
	switch verb := strings.ToUpper(strings.Fields(line + " x")[0]); verb {
	case "EHLO", "HELO":
		c.say("250-test") // what the server can do follows
		if c.server.tls != nil && !c.encrypted {
			c.say("250-STARTTLS")
		}
		c.say("250 AUTH PLAIN")
	case "STARTTLS":
		c.say("220 go on")
		c.encrypt()
	case "AUTH":
		c.as = line
		c.server.mu.Lock()
		c.server.signedIn = append(c.server.signedIn, line)
		c.server.mu.Unlock()
		c.say("235 welcome")
	case "RCPT":
		c.server.mu.Lock()
		refusal := c.server.refusal
		c.server.mu.Unlock()
		if refusal != "" {
			c.say(refusal)
			return true
		}
		c.to = strings.Trim(line[len("RCPT TO:"):], "<>")
		c.say("250 ok")
	case "DATA":
		c.say("354 go on")
		c.server.keep(Mail{To: c.to, Encrypted: c.encrypted, As: c.as}, body(c.in))
		c.say("250 taken")
	case "QUIT":
		c.say("221 bye")
		return false
	default:
		c.say("250 ok")
	}
	return true
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

func (s *Server) keep(m Mail, data string) {
	if message, err := mail.ReadMessage(strings.NewReader(data)); err == nil {
		m.Header = message.Header
		m.Subject, _ = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject"))
		m.Files = map[string][]byte{}
		m.read(message.Header.Get("Content-Type"), message.Body)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mails = append(s.mails, m)
}

// read takes a mail of several parts apart, one of which may be several parts itself.
func (m *Mail) read(contentType string, body io.Reader) {
	_, params, _ := mime.ParseMediaType(contentType)
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			return
		}
		kind := part.Header.Get("Content-Type")
		if strings.HasPrefix(kind, "multipart/") {
			m.read(kind, part)
			continue
		}
		if name := part.FileName(); name != "" {
			m.Files[name], _ = io.ReadAll(base64.NewDecoder(base64.StdEncoding, part))
			continue
		}
		content, _ := io.ReadAll(quotedprintable.NewReader(part))
		if strings.HasPrefix(kind, "text/html") {
			m.HTML = string(content)
		} else {
			m.Text = string(content)
		}
	}
}
