// Package audittest has a receiver of audit trails for tests: it checks what arrives as a receiver should. It knows no module.
package audittest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"erp/internal/platform/audit"
)

// Key signs what a test sends, and Secret is how the operator writes it.
func Key() []byte { return bytes.Repeat([]byte{7}, 32) }

// Secret is Key as a setting.
func Secret() string { return "whsec_" + base64.StdEncoding.EncodeToString(Key()) }

// Receiver keeps what arrives. The zero takes everything.
type Receiver struct {
	// Trouble says what to do with a call, by its number: "" takes it, "refuse" answers 503, "hang up" takes nothing and
	// closes the connection, "lose" takes it and closes the connection, so that the sender does not know.
	Trouble func(call int) string

	mu      sync.Mutex
	calls   int
	chains  map[string][]audit.Line
	repeats int
	wrong   error
}

// ServeHTTP implements http.Handler.
func (r *Receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls++
	trouble := ""
	if r.Trouble != nil {
		trouble = r.Trouble(r.calls)
	}
	switch trouble {
	case "refuse":
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case "hang up":
		panic(http.ErrAbortHandler)
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return // cut off in the middle of a batch
	}
	r.wrong = errors.Join(r.wrong, r.take(request.Header, body))
	if trouble == "lose" {
		panic(http.ErrAbortHandler)
	}
}

func (r *Receiver) take(header http.Header, body []byte) error {
	mac := hmac.New(sha256.New, Key())
	fmt.Fprintf(mac, "%s.%s.%s", header.Get("webhook-id"), header.Get("webhook-timestamp"), body)
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); header.Get("webhook-signature") != want {
		return errors.New("a batch has a wrong signature")
	}
	for text := range strings.Lines(string(body)) {
		var line audit.Line
		if err := json.Unmarshal([]byte(text), &line); err != nil {
			return fmt.Errorf("a line is no JSON: %w", err)
		}
		if err := r.add(line); err != nil {
			return err
		}
	}
	return nil
}

// add puts the line to its chain: one that is there already must be the same, a new one must be the next.
func (r *Receiver) add(line audit.Line) error {
	if r.chains == nil {
		r.chains = map[string][]audit.Line{}
	}
	chain := r.chains[line.Module]
	if line.Seq <= int64(len(chain)) && line.Seq > 0 {
		r.repeats++
		if chain[line.Seq-1] != line {
			return fmt.Errorf("entry %d of %s came again, and was another one", line.Seq, line.Module)
		}
		return nil
	}
	if line.Seq != int64(len(chain))+1 {
		return fmt.Errorf("entry %d of %s came after %d", line.Seq, line.Module, len(chain))
	}
	previous := make([]byte, sha256.Size)
	if len(chain) > 0 {
		previous, _ = hex.DecodeString(chain[len(chain)-1].Hash)
	}
	if !line.Removed && Hash(previous, line) != line.Hash {
		return fmt.Errorf("entry %d of %s is not what was sealed", line.Seq, line.Module)
	}
	r.chains[line.Module] = append(chain, line)
	return nil
}

// Hash is the line's hash, from what docs/how-to/send-the-audit-trail.md says of it.
func Hash(previous []byte, l audit.Line) string {
	body, err := json.Marshal([]any{l.ID, l.N, l.At, []string{l.ActorID, l.ActorName, l.ActorKind, l.IP, l.RequestID, l.Action, l.Subject, l.SubjectID, l.Label, l.Before, l.After}})
	if err != nil { // strings and numbers always marshal
		panic(err)
	}
	sum := sha256.Sum256(append(bytes.Clone(previous), body...))
	return hex.EncodeToString(sum[:])
}

// Chain is what has arrived of a module.
func (r *Receiver) Chain(module string) []audit.Line {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]audit.Line(nil), r.chains[module]...)
}

// Repeats counts entries that arrived more than once.
func (r *Receiver) Repeats() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.repeats
}

// Wrong is everything that a receiver must not see: lines out of order, lost, changed, or not signed.
func (r *Receiver) Wrong() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.wrong
}
