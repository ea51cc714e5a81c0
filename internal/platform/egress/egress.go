// Package egress calls addresses that people gave the program. Unless the operator allows it, no call reaches a private
// network, whatever a name resolves to; none follows a redirect, and each is bounded in time and size. It knows no module.
package egress

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// Options is what the operator decided.
type Options struct {
	// Private allows addresses of private networks, and http without TLS.
	Private bool
	// Patience is how long one call may take; ten seconds unless given.
	Patience time.Duration
}

// Bounds of one call.
const (
	patience     = 10 * time.Second
	maxAnswer    = 64 << 10 // read, and thrown away, so that the connection can serve again
	maxHeader    = 16 << 10
	perHost      = 4
	maxAddress   = 500
	keepIdle     = 30 * time.Second
	closedByUser = "the other side closed the connection"
)

// Client calls addresses that people gave.
type Client struct {
	private bool
	http    *http.Client
}

// New makes a client. It calls nobody.
func New(o Options) *Client {
	if o.Patience == 0 {
		o.Patience = patience
	}
	c := &Client{private: o.Private}
	dialer := &net.Dialer{Timeout: o.Patience / 2, Control: c.control}
	c.http = &http.Client{
		Timeout: o.Patience,
		Transport: &http.Transport{
			DialContext:            dialer.DialContext, // and no proxy: it would dial for us, unseen
			TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout:    o.Patience / 2,
			ResponseHeaderTimeout:  o.Patience,
			MaxResponseHeaderBytes: maxHeader,
			MaxConnsPerHost:        perHost,
			MaxIdleConns:           4 * perHost,
			IdleConnTimeout:        keepIdle,
			ForceAttemptHTTP2:      true,
			DisableCompression:     true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c
}

// Check says why the address cannot be called; nil when it can be tried. What its name resolves to is only known, and
// only checked, when it is called.
func (c *Client) Check(address string) error {
	if len(address) > maxAddress {
		return fmt.Errorf("must have at most %d characters", maxAddress)
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "":
		return errors.New("must be an address such as https://example.com/hooks")
	case u.Scheme != "https" && (u.Scheme != "http" || !c.private):
		return errors.New("must begin with https://")
	case u.User != nil:
		return errors.New("must hold no user and no password; the signature tells who calls")
	case u.Fragment != "":
		return errors.New("must have no part after #")
	}
	if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !c.private && !Public(ip) {
		return errPrivate
	}
	return nil
}

var errPrivate = errors.New("leads to a private network, which the operator does not allow (ERP_WEBHOOK_PRIVATE)") //nolint:gochecknoglobals // because it is a constant

// control looks at the address that is really dialled, after its name was resolved.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	if c.private {
		return nil
	}
	at, err := netip.ParseAddrPort(address)
	if err != nil || !Public(at.Addr()) {
		return errPrivate
	}
	return nil
}

// Post sends the body and answers the status, which is zero when there was no answer, and how long it took. An error is a
// sentence that a person may read: it holds nothing of what the other side said.
func (c *Client) Post(ctx context.Context, address string, headers map[string]string, body []byte) (status int, took time.Duration, err error) {
	start := time.Now()
	status, err = c.post(ctx, address, headers, body)
	return status, time.Since(start), err
}

func (c *Client) post(ctx context.Context, address string, headers map[string]string, body []byte) (status int, err error) {
	if err := c.Check(address); err != nil {
		return 0, fmt.Errorf("the address %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return 0, errors.New("the address cannot be called")
	}
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := c.http.Do(request)
	if err != nil {
		return 0, plain(err)
	}
	defer answer.Body.Close()                                          //nolint:errcheck // because all that counts was read
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, maxAnswer)) // what it says beside the status does not count
	if answer.StatusCode < 200 || answer.StatusCode > 299 {
		return answer.StatusCode, fmt.Errorf("the answer was %d, not 2xx", answer.StatusCode)
	}
	return answer.StatusCode, nil
}

// plain says what went wrong without addresses of the network inside.
func plain(err error) error {
	var dns *net.DNSError
	var timeout net.Error
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errPrivate):
		return fmt.Errorf("the address %w", errPrivate)
	case errors.As(err, &dns):
		return errors.New("the name of the address is not known")
	case errors.As(err, &certificate):
		return errors.New("the certificate of the address is not valid")
	case errors.As(err, &timeout) && timeout.Timeout():
		return errors.New("there was no answer in time")
	case errors.Is(err, syscall.ECONNREFUSED):
		return errors.New("the connection was refused")
	case errors.Is(err, io.EOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New(closedByUser)
	default:
		return errors.New("the address could not be reached")
	}
}
