package notify

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// server is the mail server of the operator.
type server struct {
	host    string
	from    string
	options []mail.Option
}

const (
	submission = 587
	implicit   = 465
	patience   = 15 * time.Second // below the time that a job has
)

// parse reads ERP_SMTP_URL. Passwords travel over TLS only: a host elsewhere must offer it.
func parse(address, publicURL string) (*server, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || (u.Scheme != "smtp" && u.Scheme != "smtps") {
		return nil, errors.New("ERP_SMTP_URL must look like smtp://user:password@mail.example.com:587 or such as smtps://mail.example.com")
	}
	s := &server{host: u.Hostname(), from: sender(u, publicURL), options: []mail.Option{mail.WithTimeout(patience)}}
	port := submission
	switch {
	case u.Scheme == "smtps":
		port = implicit
		s.options = append(s.options, mail.WithSSL())
	case isLoopback(s.host):
		s.options = append(s.options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		s.options = append(s.options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if p := u.Port(); p != "" {
		if port, err = strconv.Atoi(p); err != nil {
			return nil, errors.New("the port of ERP_SMTP_URL is not a number")
		}
	}
	s.options = append(s.options, mail.WithPort(port))
	if user := u.User.Username(); user != "" {
		password, _ := u.User.Password()
		s.options = append(s.options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(user), mail.WithPassword(password))
	}
	if err := mail.NewMsg().From(s.from); err != nil {
		return nil, fmt.Errorf("the sender %q of ERP_SMTP_URL is no e-mail address; add ?from=erp@example.com", s.from)
	}
	return s, nil
}

// sender is ?from=, else the user if that is an address, else erp@ where browsers reach the program.
func sender(u *url.URL, publicURL string) string {
	if from := u.Query().Get("from"); from != "" {
		return from
	}
	if user := u.User.Username(); strings.Contains(user, "@") {
		return user
	}
	if public, err := url.Parse(publicURL); err == nil && public.Hostname() != "" {
		return "erp@" + public.Hostname()
	}
	return "erp@localhost"
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// deliver hands one mail to the server.
func (s *server) deliver(ctx context.Context, to, name, messageID string, c Content, with Enclosure) error {
	msg := mail.NewMsg()
	if err := s.address(msg, with); err != nil {
		return err
	}
	address, err := netmail.ParseAddress(to)
	if err != nil || address.Address != to {
		return &finalError{"the address is none that a mail can be sent to"}
	}
	address.Name = oneLine(name)
	msg.ToMailAddress(address)
	_, domain, _ := strings.Cut(s.from, "@")
	msg.SetMessageIDWithValue(messageID + "@" + strings.TrimSuffix(domain, ">"))
	msg.SetDate()
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.Subject(c.Subject)
	msg.SetBodyString(mail.TypeTextPlain, c.Text)
	msg.AddAlternativeString(mail.TypeTextHTML, c.HTML)
	for _, file := range with.Files {
		if err := msg.AttachReader(oneLine(file.Name), bytes.NewReader(file.Content), mail.WithFileContentType(mail.ContentType(file.ContentType))); err != nil {
			return fmt.Errorf("attach file to mail: %w", err)
		}
	}
	client, err := mail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("prepare mail server: %w", err)
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return fmt.Errorf("send mail: %w", err)
	}
	return nil
}

// address says from whom the mail is, and whom an answer reaches. An address that is none is left out.
func (s *server) address(msg *mail.Msg, with Enclosure) error {
	from, err := netmail.ParseAddress(s.from)
	if err != nil {
		return fmt.Errorf("sender of mail: %w", err)
	}
	if with.Sender != "" {
		from.Name = oneLine(with.Sender)
	}
	msg.FromMailAddress(from)
	if reply, err := netmail.ParseAddress(with.ReplyTo); err == nil {
		msg.ReplyToMailAddress(reply)
	}
	return nil
}

// oneLine keeps names from writing headers.
func oneLine(name string) string { return strings.Join(strings.Fields(name), " ") }

// finalError is one that no other try can cure.
type finalError struct{ reason string }

// Error implements error.
func (e *finalError) Error() string { return e.reason }

// isFinal reports whether the server has refused this mail for good (5xx) rather than for now.
func isFinal(err error) bool {
	var refused *mail.SendError
	if _, final := errors.AsType[*finalError](err); final {
		return true
	}
	return errors.As(err, &refused) && refused.ErrorCode() >= 500
}
