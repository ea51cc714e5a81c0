package auth

import (
	"context"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
)

// KeySetPath is where a process publishes the keys that verify what it signed.
const KeySetPath = "/.well-known/jwks.json"

// keySet is a JSON Web Key Set (RFC 7517) of Ed25519 keys (RFC 8037).
type keySet struct {
	Keys []publicKey `json:"keys"`
}

type publicKey struct {
	Type      string `json:"kty"`
	Curve     string `json:"crv"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	ID        string `json:"kid"`
	X         string `json:"x"`
}

// KeySet is the published half of all keys, as JSON.
func (k *SigningKeys) KeySet(ctx context.Context) ([]byte, error) {
	if _, err := k.signer(ctx); err != nil { // a process that has signed nothing yet has a key to publish all the same
		return nil, err
	}
	keys, err := k.all(ctx, keysShownAfter)
	if err != nil {
		return nil, err
	}
	set := keySet{Keys: []publicKey{}}
	for _, key := range keys {
		set.Keys = append(set.Keys, publicKey{
			Type: "OKP", Curve: "Ed25519", Use: "sig", Algorithm: "EdDSA", ID: key.id, X: base64.RawURLEncoding.EncodeToString(key.public),
		})
	}
	raw, err := json.Marshal(set)
	if err != nil {
		return nil, fmt.Errorf("publish keys: %w", err)
	}
	return raw, nil
}

// ServeHTTP publishes the keys: anyone may know them.
func (k *SigningKeys) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	raw, err := k.KeySet(r.Context())
	if err != nil {
		w.Header().Set("Retry-After", "2")
		http.Error(w, "the keys cannot be read right now", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/jwk-set+json")
	w.Header().Set("Cache-Control", "max-age=60")
	_, _ = w.Write(raw) // who is gone needs no keys
}

// parseKeySet reads the Ed25519 keys of a set; others are left out.
func parseKeySet(raw []byte) (map[string]ed25519.PublicKey, error) {
	var set keySet
	if err := json.Unmarshal(raw, &set); err != nil {
		return nil, fmt.Errorf("read key set: %w", err)
	}
	keys := map[string]ed25519.PublicKey{}
	for _, key := range set.Keys {
		x, err := base64.RawURLEncoding.DecodeString(key.X)
		if err == nil && key.Type == "OKP" && key.Curve == "Ed25519" && len(x) == ed25519.PublicKeySize && key.ID != "" {
			keys[key.ID] = x
		}
	}
	return keys, nil
}
