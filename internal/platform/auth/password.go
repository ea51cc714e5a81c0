package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"
)

// cost are the parameters of argon2id. They stand inside each hash, so raising them here keeps old passwords valid; the
// next sign-in hashes anew.
type cost struct {
	memoryKiB uint32
	passes    uint32
	lanes     uint8
}

const (
	saltLength = 16
	hashLength = 32
)

// Passwords hashes and checks passwords. Hashing is slow and takes 19 MiB by design, so only a few run at once and the
// others wait: a flood of sign-ins costs time, not memory.
type Passwords struct {
	cost  cost
	slots chan struct{}
	decoy string
	// giving is set while memory goes back to the system.
	giving atomic.Bool
}

// NewPasswords returns passwords hashed with argon2id at 19 MiB and two passes.
func NewPasswords() *Passwords {
	p := &Passwords{
		cost:  cost{memoryKiB: 19 * 1024, passes: 2, lanes: 1},
		slots: make(chan struct{}, max(1, runtime.GOMAXPROCS(0))),
	}
	p.decoy = p.cost.encode(make([]byte, saltLength), make([]byte, hashLength))
	return p
}

// Hash is what to store for a password.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("draw salt: %w", err)
	}
	key, err := p.derive(ctx, p.cost, salt, password)
	if err != nil {
		return "", err
	}
	return p.cost.encode(salt, key), nil
}

// Matches compares a password with a stored hash. An empty hash never matches but takes as long, so that a stranger
// cannot tell whether an account exists. stale means: store a fresh Hash, the cost has been raised since.
func (p *Passwords) Matches(ctx context.Context, hash, password string) (ok, stale bool, err error) {
	known := hash != ""
	if !known {
		hash = p.decoy
	}
	c, salt, want, err := decode(hash)
	if err != nil {
		return false, false, err
	}
	got, err := p.derive(ctx, c, salt, password)
	if err != nil {
		return false, false, err
	}
	ok = subtle.ConstantTimeCompare(got, want) == 1 && known
	return ok, ok && c != p.cost, nil
}

func (p *Passwords) derive(ctx context.Context, c cost, salt []byte, password string) ([]byte, error) {
	select {
	case p.slots <- struct{}{}:
		defer func() {
			<-p.slots
			p.giveBack()
		}()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
	return argon2.IDKey([]byte(norm.NFKC.String(password)), salt, c.passes, c.memoryKiB, c.lanes, hashLength), nil
}

// giveBack returns what hashing took to the system. Left to the collector, a few sign-ins after each other hold their
// 19 MiB each for minutes.
func (p *Passwords) giveBack() {
	if p.giving.CompareAndSwap(false, true) {
		go func() {
			defer p.giving.Store(false)
			debug.FreeOSMemory()
		}()
	}
}

func (c cost) encode(salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, c.memoryKiB, c.passes, c.lanes,
		b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decode(hash string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return c, nil, nil, errors.New("stored password hash has an unknown format")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memoryKiB, &c.passes, &c.lanes); err != nil {
		return c, nil, nil, fmt.Errorf("read password hash: %w", err)
	}
	if salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return c, nil, nil, fmt.Errorf("read password salt: %w", err)
	}
	if key, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return c, nil, nil, fmt.Errorf("read password hash: %w", err)
	}
	return c, salt, key, nil
}
