package httpapi

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/danielgtaylor/huma/v2"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// keyHeader names a request, so that sending it again has no second effect.
const keyHeader = "Idempotency-Key"

const maxKey = 200

// keyOf makes the idempotency of a request from its header; nil without one. The fingerprint takes in everything that
// makes two requests the same one: who, what, where and with which input.
func keyOf(hctx huma.Context) (*database.Idempotency, error) {
	key := hctx.Header(keyHeader)
	if key == "" {
		return nil, nil //nolint:nilnil // because most requests carry none
	}
	for _, c := range []byte(key) {
		if c <= ' ' || c > '~' || len(key) > maxKey {
			var p fault.Problems
			p.Add("header."+keyHeader, "must be 1 to %d visible ASCII characters", maxKey)
			return nil, p.Err()
		}
	}
	ctx := hctx.Context()
	principal := auth.From(ctx)
	if principal.IsZero() {
		return nil, nil //nolint:nilnil // because an answer must not be kept for nobody
	}
	who := principal.Client()
	url := hctx.URL()
	h := sha256.New()
	for _, part := range []string{hctx.Method(), url.Path, url.RawQuery, who} {
		_, _ = fmt.Fprintf(h, "%d:%s\n", len(part), part)
	}
	if made := callOf(ctx); made != nil {
		_, _ = h.Write(made.body)
	}
	return &database.Idempotency{Principal: who, Key: key, Fingerprint: h.Sum(nil)}, nil
}

type idempotencyKey struct{}

// idempotencyOf is what keyOf left in the context for the operation.
func idempotencyOf(ctx context.Context) *database.Idempotency {
	i, _ := ctx.Value(idempotencyKey{}).(*database.Idempotency)
	return i
}

// replay gives the answer that was kept for the request; nil when there is none yet.
func replay[T any](ctx context.Context, db *database.DB, i *database.Idempotency) (*Answer[T], error) {
	stored, err := i.Stored(ctx, db)
	if err != nil || stored == nil {
		return nil, err
	}
	var view T
	if err := json.Unmarshal(stored, &view); err != nil {
		return nil, fmt.Errorf("read stored answer: %w", err)
	}
	i.Replayed = true
	return Reply(view), nil
}
