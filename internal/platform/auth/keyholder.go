package auth

import "github.com/go-webauthn/webauthn/webauthn"

// keyholder is a person as the library of passkeys sees one.
type keyholder struct {
	user        UserID
	email, name string
	keys        []Credential
}

// WebAuthnID is what a device keeps beside the key: the id, which says nothing of the person.
func (k keyholder) WebAuthnID() []byte {
	raw := k.user
	return raw[:]
}

// WebAuthnName is what the device shows.
func (k keyholder) WebAuthnName() string { return k.email }

// WebAuthnDisplayName is what it shows beside that.
func (k keyholder) WebAuthnDisplayName() string { return k.name }

// WebAuthnCredentials are the keys in the library's words.
func (k keyholder) WebAuthnCredentials() []webauthn.Credential {
	out := make([]webauthn.Credential, len(k.keys))
	for i, key := range k.keys {
		out[i] = webauthn.Credential{
			ID: key.ID, PublicKey: key.PublicKey, AttestationType: "none", AttestationFormat: "none",
			Flags:         webauthn.CredentialFlags{UserPresent: true, UserVerified: true, BackupEligible: key.BackupEligible, BackupState: key.BackedUp},
			Authenticator: webauthn.Authenticator{SignCount: key.SignCount},
		}
	}
	return out
}
