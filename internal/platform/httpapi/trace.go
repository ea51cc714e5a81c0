package httpapi

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"strings"

	"erp/internal/platform/telemetry"
)

// identify names the request: the caller's own id and trace when they are sane, new ones otherwise. Both end up in logs
// and rows, so nothing else gets through.
func identify(r *http.Request, ip string) telemetry.Request {
	id := telemetry.Request{ID: r.Header.Get("X-Request-Id"), IP: ip, Agent: r.UserAgent()}
	drawn := random(40) // for all three at once
	if !saneRequestID(id.ID) {
		id.ID = drawn[:32]
	}
	id.TraceID, id.ParentID = traceIDs(r.Header.Get("Traceparent"))
	if id.TraceID == "" {
		id.TraceID = drawn[32:64]
	}
	id.SpanID = drawn[64:]
	return id
}

func saneRequestID(id string) bool {
	if len(id) < 8 || len(id) > 64 {
		return false
	}
	for _, c := range []byte(id) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return true
}

// traceIDs reads trace and span of W3C trace context ("00-<32 hex>-<16 hex>-01"); empty when it is not one.
func traceIDs(header string) (trace, span string) {
	if len(header) < 55 {
		return "", ""
	}
	parts := strings.Split(header, "-")
	if len(parts) < 4 || len(parts[0]) != 2 || parts[0] == "ff" ||
		!hexID(parts[1], 32) || !hexID(parts[2], 16) || (parts[0] == "00" && len(header) != 55) {
		return "", ""
	}
	return parts[1], parts[2]
}

func hexID(s string, length int) bool {
	return len(s) == length && strings.Trim(s, "0123456789abcdef") == "" && strings.Trim(s, "0") != ""
}

func random(bytes int) string {
	b := make([]byte, bytes)
	_, _ = rand.Read(b) // never fails: it ends the program instead
	return hex.EncodeToString(b)
}
