package auth

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"erp/internal/platform/fault"
)

// Passkeys lets people sign in with a key that their device keeps and that it uses only after it has checked who holds
// it (WebAuthn). Such a key works at one origin only, so that a page which imitates this one gets nothing.
type Passkeys struct {
	web    *webauthn.WebAuthn
	origin string
	box    *Box
	now    func() time.Time
}

const (
	passkeyCookie  = "erp_passkey"
	passkeyPath    = "/api/v1/"
	ceremonyLasts  = 5 * time.Minute
	passkeySignsIn = "sign-in by passkey"
)

// NewPasskeys returns the passkeys of the address by which browsers reach the program; of this machine when none is
// configured. Nil where there can be none: browsers give no passkeys to a bare IP address.
func NewPasskeys(publicURL, addr string, box *Box, now func() time.Time) (*Passkeys, error) {
	if publicURL == "" {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			return nil, nil //nolint:nilerr // because an address without a name has no passkeys, which is no failure
		}
		publicURL = "http://localhost:" + port
	}
	at, err := url.Parse(publicURL)
	if err != nil || protocol.ValidateRPID(at.Hostname()) != nil {
		return nil, nil //nolint:nilerr // because an address without a name has no passkeys, which is no failure
	}
	origin := at.Scheme + "://" + at.Host
	web, err := webauthn.New(&webauthn.Config{
		RPID: at.Hostname(), RPDisplayName: "ERP", RPOrigins: []string{origin}, AttestationPreference: protocol.PreferNoAttestation,
		ExtensionsUnsolicitedOutputPolicy: protocol.UnsolicitedOutputPolicyIgnore,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("make passkeys for %s: %w", origin, err)
	}
	return &Passkeys{web: web, origin: origin, box: box, now: now}, nil
}

// Host is where passkeys work: a browser at another one offers none.
func (p *Passkeys) Host() string { return p.web.Config.RPID }

// Credential is what is kept of a passkey.
type Credential struct {
	ID             []byte
	PublicKey      []byte
	SignCount      uint32
	BackupEligible bool
	BackedUp       bool
}

// Ceremony is a question to a browser's keys: what it says to the browser, and the cookie that holds, sealed, what the
// answer must fit.
type Ceremony struct {
	Options string
	Cookie  *http.Cookie
}

// ceremony is what the browser keeps and cannot read.
type ceremony struct {
	Session webauthn.SessionData `json:"session"`
	Until   time.Time            `json:"until"`
}

// Answered is a question that was answered: its hash is used up, so that the same answer does nothing twice.
type Answered struct {
	Once  []byte
	Until time.Time
}

// BeginRegistration asks for a new key of the person, on none of the devices that have one already.
func (p *Passkeys) BeginRegistration(user UserID, email, name string, have []Credential) (Ceremony, error) {
	who := keyholder{user: user, email: email, name: name, keys: have}
	options, session, err := p.web.BeginRegistration(who, webauthn.WithExclusions(webauthn.Credentials(who.WebAuthnCredentials()).CredentialDescriptors()))
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return p.ask(registering(user), options.Response, session)
}

// registering seals a registration for its person.
func registering(user UserID) string { return "passkey of " + user.String() }

// FinishRegistration checks the new key. Wrong is Invalid at the answer.
func (p *Passkeys) FinishRegistration(user UserID, cookie, answer string) (Credential, Answered, error) {
	asked, used, err := p.asked(registering(user), cookie)
	if err != nil {
		return Credential{}, used, err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes([]byte(answer))
	if err != nil {
		return Credential{}, used, wrongPasskey(err)
	}
	made, err := p.web.CreateCredential(keyholder{user: user}, asked, parsed)
	if err != nil {
		return Credential{}, used, wrongPasskey(err)
	}
	return Credential{
		ID: made.ID, PublicKey: made.PublicKey, SignCount: made.Authenticator.SignCount,
		BackupEligible: made.Flags.BackupEligible, BackedUp: made.Flags.BackupState,
	}, used, nil
}

func wrongPasskey(cause error) error {
	return fault.New(fault.Invalid, "passkey-refused", "This passkey could not be checked. Try again.").
		At("body.credential", "is not what was asked for").Wrap(explained(cause))
}

// explained is the library's error with what it keeps for developers, for the log.
func explained(err error) error {
	if detailed, ok := errors.AsType[*protocol.Error](err); ok {
		return fmt.Errorf("%s: %s", detailed.Details, detailed.DevInfo)
	}
	return err
}

// BeginSignIn asks for any key that the browser has for this place.
func (p *Passkeys) BeginSignIn() (Ceremony, error) {
	options, session, err := p.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Ceremony{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return p.ask(passkeySignsIn, options.Response, session)
}

// ErrCloned says that a passkey counts backwards: it was copied, and one of the two is not the person.
var ErrCloned = errors.New("the passkey's counter went back")

// FinishSignIn checks the answer with the key that find knows by its id, and gives the key as it is to be kept from now
// on. ErrCloned comes together with the key.
func (p *Passkeys) FinishSignIn(cookie, answer string, find func(credential []byte) (UserID, Credential, error)) (UserID, Credential, Answered, error) {
	asked, used, err := p.asked(passkeySignsIn, cookie)
	if err != nil {
		return UserID{}, Credential{}, used, err
	}
	refused := fault.New(fault.Unauthenticated, "passkey-refused", "This passkey is not known here. Sign in with your password.")
	parsed, err := protocol.ParseCredentialRequestResponseBytes([]byte(answer))
	if err != nil {
		return UserID{}, Credential{}, used, refused.Wrap(explained(err))
	}
	var who keyholder
	var failed error
	_, checked, err := p.web.ValidatePasskeyLogin(func(id, _ []byte) (webauthn.User, error) {
		user, key, err := find(id)
		failed = err
		who = keyholder{user: user, keys: []Credential{key}}
		return who, err
	}, asked, parsed)
	if failed != nil && !fault.Is(failed, fault.NotFound) {
		return UserID{}, Credential{}, used, failed
	}
	if err != nil {
		return UserID{}, Credential{}, used, refused.Wrap(explained(err))
	}
	key := who.keys[0]
	key.SignCount, key.BackedUp = checked.Authenticator.SignCount, checked.Flags.BackupState
	if checked.Authenticator.CloneWarning {
		return who.user, key, used, ErrCloned
	}
	return who.user, key, used, nil
}

// ask seals what the answer must fit into a cookie.
func (p *Passkeys) ask(owner string, options any, session *webauthn.SessionData) (Ceremony, error) {
	session.Expires = time.Time{} // the seal has a time of its own, by the program's clock
	asked, err := json.Marshal(ceremony{Session: *session, Until: p.now().Add(ceremonyLasts)})
	if err != nil {
		return Ceremony{}, fmt.Errorf("write ceremony: %w", err)
	}
	sealed, err := p.box.Seal(owner, asked)
	if err != nil {
		return Ceremony{}, err
	}
	text, err := json.Marshal(options)
	if err != nil {
		return Ceremony{}, fmt.Errorf("write ceremony: %w", err)
	}
	return Ceremony{Options: string(text), Cookie: p.cookie(base64.RawURLEncoding.EncodeToString(sealed), int(ceremonyLasts/time.Second))}, nil
}

// asked opens the cookie.
func (p *Passkeys) asked(owner, cookie string) (webauthn.SessionData, Answered, error) {
	var c ceremony
	sealed, err := base64.RawURLEncoding.DecodeString(cookie)
	if err == nil {
		var text []byte
		if text, err = p.box.Open(owner, sealed); err == nil {
			err = json.Unmarshal(text, &c)
		}
	}
	if err != nil || !p.now().Before(c.Until) {
		return c.Session, Answered{}, fault.New(fault.Unauthenticated, "passkey-expired", "This took too long. Begin again.")
	}
	return c.Session, Answered{Once: hashToken("passkey " + c.Session.Challenge), Until: c.Until}, nil
}

func (p *Passkeys) cookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // because Secure follows how the program is reached, as for sessions
		Name: passkeyCookie, Value: value, Path: passkeyPath, MaxAge: seconds,
		HttpOnly: true, Secure: strings.HasPrefix(p.origin, "https://"), SameSite: http.SameSiteStrictMode,
	}
}

// Forget is the cookie that ends a ceremony.
func (p *Passkeys) Forget() *http.Cookie { return p.cookie("", -1) }
