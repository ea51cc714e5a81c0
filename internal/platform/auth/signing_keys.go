package auth

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"erp/internal/platform/database"
)

// How long a key signs and is known. A new one is published before it signs, and an old one is published until what it
// signed has long expired, so that nobody who verifies ever meets a key too early or too late.
const (
	keySignsFor    = 24 * time.Hour
	keyAnnounced   = 10 * time.Minute // published before it signs
	keyPublished   = 48 * time.Hour   // from its making
	keysReadEvery  = 30 * time.Second // for signing
	keysShownAfter = time.Second      // for publishing: another copy may have made one just now
	signingPurpose = "signing keys"
)

// SigningKeys are the keys with which a process signs what it asks of other processes. They are kept in one of the
// process's own schemas, so that all its copies publish the same; the private halves are sealed.
type SigningKeys struct {
	db  *database.DB
	box *Box
	now func() time.Time

	making sync.Mutex // so that only one call waits with a connection in hand
	mu     sync.Mutex
	known  []signingKey // the newest first
	readAt time.Time
}

type signingKey struct {
	id      string
	public  ed25519.PublicKey
	private ed25519.PrivateKey // nil when it was sealed under another installation's secret
	made    time.Time
}

// NewSigningKeys keeps the keys in this schema, sealed with the installation's secret.
func NewSigningKeys(db *database.DB, secret string, now func() time.Time) (*SigningKeys, error) {
	box, err := NewBox(secret, signingPurpose)
	if err != nil {
		return nil, err
	}
	return &SigningKeys{db: db, box: box, now: now}, nil
}

// signer is the key that signs now. The first one of an installation is made when it is asked for.
func (k *SigningKeys) signer(ctx context.Context) (signingKey, error) {
	keys, err := k.all(ctx, keysReadEvery)
	if err != nil {
		return signingKey{}, err
	}
	if key, ok := k.pick(keys); ok {
		return key, nil
	}
	return k.first(ctx)
}

// first makes the first key, once, however many calls and copies of the process want it at that moment: others read the key
// set only now and then, and refuse what a key signs that came a moment later.
func (k *SigningKeys) first(ctx context.Context) (key signingKey, err error) {
	k.making.Lock()
	defer k.making.Unlock()
	if keys, err := k.all(ctx, keysReadEvery); err == nil {
		if key, ok := k.pick(keys); ok {
			return key, nil
		}
	}
	err = k.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.signing_key', 0))`); err != nil {
			return fmt.Errorf("wait for the first signing key: %w", database.Fault(err))
		}
		for made := false; ; made = true {
			keys, err := k.all(ctx, 0)
			if err != nil {
				return err
			}
			var ok bool
			if key, ok = k.pick(keys); ok {
				return nil
			}
			if made {
				return errors.New("no key to sign with")
			}
			if err := k.Rotate(ctx); err != nil {
				return err
			}
		}
	})
	return key, err
}

// pick is the newest key that others have heard of, else the newest of all.
func (k *SigningKeys) pick(keys []signingKey) (signingKey, bool) {
	var fallback signingKey
	for _, key := range keys {
		if key.private == nil {
			continue
		}
		if k.now().Sub(key.made) >= keyAnnounced {
			return key, true
		}
		fallback = key // the oldest of the new ones has been heard of first
	}
	return fallback, fallback.private != nil
}

// Rotate makes a new key. It is published at once and signs ten minutes later.
func (k *SigningKeys) Rotate(ctx context.Context) error {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("draw signing key: %w", err)
	}
	sum := sha256.Sum256(public)
	name := base64.RawURLEncoding.EncodeToString(sum[:12])
	sealed, err := k.box.Seal(name, private.Seed())
	if err != nil {
		return err
	}
	_, err = k.db.Pool().Exec(ctx, `INSERT INTO signing_key (id, public, sealed, created_at) VALUES ($1, $2, $3, $4)`,
		name, []byte(public), sealed, k.now())
	if err != nil {
		return database.Fault(fmt.Errorf("keep signing key: %w", err))
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.readAt = time.Time{}
	return nil
}

// Renew rotates when the newest key has signed for a day, and forgets keys that nobody needs any more. It is scheduled.
func (k *SigningKeys) Renew(ctx context.Context) error {
	keys, err := k.all(ctx, keysReadEvery)
	if err != nil {
		return err
	}
	if len(keys) > 0 && k.now().Sub(keys[0].made) >= keySignsFor {
		if err := k.Rotate(ctx); err != nil {
			return err
		}
	}
	_, err = k.db.Pool().Exec(ctx, `DELETE FROM signing_key WHERE created_at < $1`, k.now().Add(-keyPublished))
	return database.Fault(err)
}

// all are the keys as they were read, this long ago at most.
func (k *SigningKeys) all(ctx context.Context, age time.Duration) ([]signingKey, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.now().Sub(k.readAt) < age && len(k.known) > 0 {
		return k.known, nil
	}
	rows, err := k.db.Pool().Query(ctx, `SELECT id, public, sealed, created_at FROM signing_key ORDER BY created_at DESC, id`)
	if err != nil {
		return nil, database.Fault(fmt.Errorf("read signing keys: %w", err))
	}
	defer rows.Close()
	var keys []signingKey
	for rows.Next() {
		var key signingKey
		var sealed []byte
		if err := rows.Scan(&key.id, (*[]byte)(&key.public), &sealed, &key.made); err != nil {
			return nil, fmt.Errorf("read signing keys: %w", err)
		}
		if seed, err := k.box.Open(key.id, sealed); err == nil {
			key.private = ed25519.NewKeyFromSeed(seed)
		} else {
			slog.DebugContext(ctx, "a signing key belongs to a copy with another secret", "key", key.id)
		}
		keys = append(keys, key)
	}
	if err := rows.Err(); err != nil {
		return nil, database.Fault(fmt.Errorf("read signing keys: %w", err))
	}
	k.known, k.readAt = keys, k.now()
	return keys, nil
}
