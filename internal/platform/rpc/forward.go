package rpc

import (
	"errors"
	"maps"
	"net/http"
	"net/http/httputil"
	"strings"

	"erp/internal/platform/auth"
	"erp/internal/platform/resilience"
)

// ourOwn are headers of a browser's request that mean something between it and this process only.
var ourOwn = []string{"Cookie", "Origin", "Referer", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} //nolint:gochecknoglobals // because it is a table

// Forward passes a request of the HTTP API on to the module's process and its answer back, as whoever acts in the
// request's context. guard keeps calls off a module that keeps failing. An error means that nothing was answered yet.
func (l *Link) Forward(guard *resilience.Peer) func(w http.ResponseWriter, r *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) error {
		along := http.Header{}
		if err := l.sendAlong(r.Context(), along); err != nil {
			return err
		}
		return resilience.Through(r.Context(), guard, func() error {
			var failed error
			proxy := httputil.ReverseProxy{
				Transport: l.spread,
				Rewrite: func(p *httputil.ProxyRequest) {
					p.Out.URL.Scheme, p.Out.URL.Host, p.Out.Host = l.spread.base.Scheme, l.spread.base.Host, ""
					for _, name := range ourOwn {
						p.Out.Header.Del(name)
					}
					for name := range p.Out.Header {
						if strings.HasPrefix(name, "Erp-") || strings.HasPrefix(name, "Sec-") {
							p.Out.Header.Del(name)
						}
					}
					p.Out.GetBody = r.GetBody
					maps.Copy(p.Out.Header, along)
				},
				ModifyResponse: func(answer *http.Response) error {
					if answer.StatusCode == http.StatusUnauthorized { // of this process, not of the person
						return errors.New("the module's process does not take our passport")
					}
					if told := auth.ToldRefusal(answer.Header); told != nil && answer.StatusCode == http.StatusForbidden {
						return told // to be explained here, where it is decided who may do what
					}
					for name := range answer.Header {
						w.Header().Del(name) // what the module says of its answer counts
					}
					return nil
				},
				ErrorHandler: func(_ http.ResponseWriter, _ *http.Request, err error) {
					failed = l.silent(err)
					if told, ok := errors.AsType[*auth.NotAllowed](err); ok {
						failed = told
					}
				},
			}
			proxy.ServeHTTP(w, r)
			return failed
		})
	}
}
