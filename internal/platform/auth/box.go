package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Box keeps small secrets that must be read again, such as an authenticator's, encrypted at rest: who has the database
// without the installation's secret has nothing.
type Box struct{ aead cipher.AEAD }

// NewBox derives a key of its own for the purpose from the installation's secret.
func NewBox(secret, purpose string) (*Box, error) {
	key, err := hkdf.Key(sha256.New, []byte(secret), nil, "erp "+purpose, 32)
	if err != nil {
		return nil, fmt.Errorf("derive key: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("make cipher: %w", err)
	}
	return &Box{aead: aead}, nil
}

// Seal encrypts; what is sealed for one owner opens for no other.
func (b *Box) Seal(owner string, plain []byte) ([]byte, error) {
	nonce := make([]byte, b.aead.NonceSize())
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("draw nonce: %w", err)
	}
	return b.aead.Seal(nonce, nonce, plain, []byte(owner)), nil
}

// Open decrypts what was sealed for the owner under the same installation's secret.
func (b *Box) Open(owner string, sealed []byte) ([]byte, error) {
	n := b.aead.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("sealed secret is cut off")
	}
	plain, err := b.aead.Open(nil, sealed[:n], sealed[n:], []byte(owner))
	if err != nil {
		return nil, fmt.Errorf("open sealed secret: %w", err)
	}
	return plain, nil
}
