package module_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
)

// service is a company's own sign-in service, in this process.
type service struct {
	*httptest.Server
	t      *testing.T
	oidc   *oidctest.Server
	key    *ecdsa.PrivateKey
	clock  *clock
	mu     sync.Mutex
	codes  map[string]grant
	asked  int
	broken bool
}

// grant is what a code stands for.
type grant struct {
	challenge string
	claims    map[string]any
}

func newService(t *testing.T) *service {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	s := &service{t: t, key: key, codes: map[string]grant{}, clock: &clock{at: time.Now().UTC()}, oidc: &oidctest.Server{
		Algorithms: []string{"ES256"}, PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: "1", Algorithm: "ES256"}},
	}}
	mux := http.NewServeMux()
	mux.Handle("/", s.oidc)
	mux.HandleFunc("POST /token", s.token)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked++
		broken := s.broken
		s.mu.Unlock()
		if broken {
			http.Error(w, "out of order", http.StatusBadGateway)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	s.oidc.SetIssuer(s.URL)
	return s
}

func (s *service) options() auth.ProviderOptions {
	return auth.ProviderOptions{Issuer: s.URL, ClientID: "erp", ClientSecret: "of the client", Name: "Northwind ID", PublicURL: "https://erp.example.com"}
}

func (s *service) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := r.FormValue("code")
	g, ok := s.codes[code]
	delete(s.codes, code)
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !ok || base64.RawURLEncoding.EncodeToString(sum[:]) != g.challenge {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	claims, err := json.Marshal(g.claims)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	err = json.NewEncoder(w).Encode(map[string]string{
		"access_token": "a", "token_type": "Bearer", "id_token": oidctest.SignIDToken(s.key, "1", "ES256", string(claims)),
	})
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// authorize is the person at the service: it gives the code with which the browser comes back.
func (s *service) authorize(address string, claims map[string]any) (code, state string) {
	s.t.Helper()
	u, err := url.Parse(address)
	require.NoError(s.t, err)
	q := u.Query()
	require.Equal(s.t, s.URL+"/auth", u.Scheme+"://"+u.Host+u.Path)
	require.Equal(s.t, "https://erp.example.com/sign-in/provider", q.Get("redirect_uri"))
	require.Equal(s.t, "S256", q.Get("code_challenge_method"))
	require.Equal(s.t, "code", q.Get("response_type"))
	all := map[string]any{
		"iss": s.URL, "aud": "erp", "exp": s.clock.now().Add(time.Minute).Unix(), "iat": s.clock.now().Unix(), "nonce": q.Get("nonce"),
		"sub": "42", "email": "ada@example.com", "email_verified": true,
	}
	for name, value := range claims {
		all[name] = value
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	code = rand.Text()
	s.codes[code] = grant{challenge: q.Get("code_challenge"), claims: all}
	return code, q.Get("state")
}

// depart goes to the service.
func (b *browser) depart() (address string) {
	b.h.t.Helper()
	a := b.do("POST", "/session/provider", nil)
	require.Equal(b.h.t, 200, a.status, a)
	var out struct{ Address string }
	a.into(b.h.t, &out)
	return out.Address
}

func (b *browser) comeBack(code, state string) answer {
	return b.do("POST", "/session/provider/return", map[string]any{"code": code, "state": state})
}

func (s *service) signIn(b *browser, claims map[string]any) answer {
	code, state := s.authorize(b.depart(), claims)
	return b.comeBack(code, state)
}
