package migrate

import (
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"regexp"

	"github.com/jackc/pgx/v5"
)

// The two roles of a schema: the owner changes tables, the runtime role changes rows.
const (
	ownerRole   = "owner"
	runtimeRole = "rw"
)

// extensions is the schema of what Postgres brings along for all modules.
const extensions = "extensions"

// roles names the roles of one installation and derives their passwords, so that all copies of the program agree without
// keeping any.
type roles struct {
	admin  *url.URL
	secret string
	prefix string
}

var plain = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

func newRoles(o Options) (*roles, error) {
	admin, err := url.Parse(o.AdminURL)
	if err != nil || admin.Scheme != "postgres" && admin.Scheme != "postgresql" {
		return nil, errors.New("the address of the database must look like postgres://user:password@host:5432/name")
	}
	r := &roles{admin: admin, secret: o.Secret, prefix: o.Prefix}
	if password, given := admin.User.Password(); given && password != "" {
		r.secret = password
	}
	if r.secret == "" {
		return nil, errors.New("the address of the database has no password, and no secret is given to derive the modules' " +
			"passwords from")
	}
	if r.prefix == "" {
		r.prefix = DefaultPrefix
	}
	for _, name := range append([]string{r.prefix}, o.Modules...) {
		if !plain.MatchString(name) {
			return nil, fmt.Errorf("%q cannot be part of a role's or schema's name: small letters, digits and _ can", name)
		}
	}
	return r, nil
}

func (r *roles) name(kind, module string) string { return r.prefix + module + "_" + kind }

func (r *roles) password(role string) string {
	mac := hmac.New(sha256.New, []byte(r.secret))
	_, _ = mac.Write([]byte(role))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (r *roles) url(kind, module string) string {
	role := r.name(kind, module)
	u := *r.admin
	u.User = url.UserPassword(role, r.password(role))
	return u.String()
}

// searchPath is where a schema's roles look for names.
func searchPath(module string) string { return quote(module) + ", " + extensions }

// verifier is the form in which Postgres keeps a password. Sent in place of the password it keeps that out of logs, and
// its salt is derived too, so that the same statement comes out each time.
func (r *roles) verifier(role string) (string, error) {
	const rounds = 4096
	salt := r.digest("salt of "+role, []byte(r.secret))[:16]
	salted, err := pbkdf2.Key(sha256.New, r.password(role), salt, rounds, sha256.Size)
	if err != nil {
		return "", fmt.Errorf("password of role %s: %w", role, err)
	}
	stored := sha256.Sum256(r.digest("Client Key", salted))
	b64 := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", rounds, b64(salt), b64(stored[:]), b64(r.digest("Server Key", salted))), nil
}

func (*roles) digest(text string, key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	_, _ = mac.Write([]byte(text))
	return mac.Sum(nil)
}

func quote(identifier string) string { return pgx.Identifier{identifier}.Sanitize() }
