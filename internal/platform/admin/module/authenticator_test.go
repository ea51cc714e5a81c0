package module_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// authenticator is a device that keeps one passkey, as WebAuthn describes it.
type authenticator struct {
	t      *testing.T
	key    *ecdsa.PrivateKey
	id     []byte
	handle []byte // whom it belongs to
	count  uint32
	still  bool // counts nothing, as keys that many devices share
	origin string
	flags  byte // user present, user verified
}

func newAuthenticator(t *testing.T) *authenticator {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	id := make([]byte, 32)
	_, _ = rand.Read(id)
	return &authenticator{t: t, key: key, id: id, origin: "https://erp.example.com", flags: 0x05}
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (d *authenticator) client(kind, challenge string) []byte {
	text, err := json.Marshal(map[string]any{"type": kind, "challenge": challenge, "origin": d.origin, "crossOrigin": false})
	require.NoError(d.t, err)
	return text
}

// data is what the device signs besides what the browser says.
func (d *authenticator) data(flags byte) []byte {
	host := sha256.Sum256([]byte("erp.example.com"))
	out := append(host[:], flags)
	return binary.BigEndian.AppendUint32(out, d.count)
}

// create answers a registration.
func (d *authenticator) create(options string) string {
	d.t.Helper()
	var asked struct {
		Challenge string
		User      struct{ ID string }
		RP        struct{ ID string }
	}
	require.NoError(d.t, json.Unmarshal([]byte(options), &asked))
	require.Equal(d.t, "erp.example.com", asked.RP.ID)
	d.handle, _ = base64.RawURLEncoding.DecodeString(asked.User.ID)
	public, err := d.key.PublicKey.ECDH()
	require.NoError(d.t, err)
	point := public.Bytes() // 4, x, y
	var cose bytes.Buffer
	cose.Write([]byte{0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20})
	cose.Write(point[1:33])
	cose.Write([]byte{0x22, 0x58, 0x20})
	cose.Write(point[33:])
	data := append(d.data(d.flags|0x40), make([]byte, 16)...)
	data = binary.BigEndian.AppendUint16(data, uint16(len(d.id)))
	data = append(append(data, d.id...), cose.Bytes()...)
	object := append([]byte{0xA3, 0x63}, "fmt"...)
	object = append(append(object, 0x64), "none"...)
	object = append(append(object, 0x67), "attStmt"...)
	object = append(append(append(object, 0xA0), 0x68), "authData"...)
	object = append(object, 0x58, byte(len(data)))
	object = append(object, data...)
	return d.credential(map[string]any{"clientDataJSON": encode(d.client("webauthn.create", asked.Challenge)), "attestationObject": encode(object)})
}

// get answers a sign-in.
func (d *authenticator) get(options string) string {
	d.t.Helper()
	var asked struct{ Challenge string }
	require.NoError(d.t, json.Unmarshal([]byte(options), &asked))
	if !d.still {
		d.count++
	}
	client := d.client("webauthn.get", asked.Challenge)
	data := d.data(d.flags)
	of := sha256.Sum256(client)
	sum := sha256.Sum256(append(bytes.Clone(data), of[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, d.key, sum[:])
	require.NoError(d.t, err)
	return d.credential(map[string]any{
		"clientDataJSON": encode(client), "authenticatorData": encode(data), "signature": encode(signature), "userHandle": encode(d.handle),
	})
}

func (d *authenticator) credential(response map[string]any) string {
	text, err := json.Marshal(map[string]any{
		"id": encode(d.id), "rawId": encode(d.id), "type": "public-key", "clientExtensionResults": map[string]any{}, "response": response,
	})
	require.NoError(d.t, err)
	return string(text)
}

// ceremony asks for what the device is to answer.
func (b *browser) ceremony(path string, body any) string {
	b.h.t.Helper()
	a := b.do("POST", path, body)
	require.Equal(b.h.t, 200, a.status, a)
	var out struct{ Options string }
	a.into(b.h.t, &out)
	return out.Options
}

// addPasskey gives the person a passkey on a device of their own.
func (b *browser) addPasskey(name string) *authenticator {
	b.h.t.Helper()
	d := newAuthenticator(b.h.t)
	options := b.ceremony("/me/passkeys/ceremony", map[string]any{"password": password})
	a := b.do("POST", "/me/passkeys", map[string]any{"name": name, "credential": d.create(options)})
	require.Equal(b.h.t, 201, a.status, a)
	return d
}

// touch signs in with the device.
func (b *browser) touch(d *authenticator) answer {
	b.h.t.Helper()
	return b.answer(d.get(b.ceremony("/session/passkey/ceremony", nil)))
}

func (b *browser) answer(credential string) answer {
	return b.do("POST", "/session/passkey", map[string]any{"credential": credential})
}
