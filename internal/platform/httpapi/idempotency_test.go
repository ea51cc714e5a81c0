package httpapi_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

type payInput struct {
	Note string `query:"note"`
	Body struct {
		Amount string `json:"amount" minLength:"1"`
	}
}

// payments returns an API with one write, and how often its effect happened.
func payments(t *testing.T, db *database.DB) (*httpapi.API, *atomic.Int32) {
	t.Helper()
	effects := &atomic.Int32{}
	api := httpapitest.NewAPI()
	op := httpapi.Operation{ID: "pay", Method: "POST", Path: "/payments", Summary: "Pay", Permission: canWrite, Status: http.StatusCreated}
	httpapi.Register(api.Module(db), op, func(ctx context.Context, in *payInput) (*httpapi.Answer[thing], error) {
		view, err := database.Write(ctx, db, func(context.Context, *database.Tx) (thing, error) {
			if in.Body.Amount == "refused" {
				return thing{}, fault.New(fault.Conflict, "refused", "Refused.")
			}
			time.Sleep(10 * time.Millisecond)
			n := effects.Add(1)
			return thing{ID: id.New[thing](), Name: fmt.Sprint(n), Tags: []string{"ä"}, Version: int(n)}, nil
		})
		if err != nil {
			return nil, err
		}
		return httpapi.Reply(view), nil
	})
	return api, effects
}

func TestIdempotencyKey(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	api, effects := payments(t, db)
	client := administrator(t, api)
	pay := func(c *httpapitest.Client, path, body, key string) httpapitest.Answer {
		return c.Do("POST", path, body, "Idempotency-Key", key)
	}

	first := pay(client, "/payments", `{"amount":"5"}`, "k1")
	require.Equal(t, http.StatusCreated, first.Status, first)
	require.Empty(t, first.Header.Get("Idempotent-Replayed"))

	t.Log("the same request again: one effect, the same answer")
	again := pay(client, "/payments", `{"amount":"5"}`, "k1")
	require.Equal(t, first.Status, again.Status)
	require.Equal(t, string(first.Body), string(again.Body))
	require.Equal(t, first.ETag(), again.ETag())
	require.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
	require.EqualValues(t, 1, effects.Load())

	t.Log("also after a restart")
	restarted, none := payments(t, db)
	after := pay(httpapitest.NewClient(t, restarted, client.Who()), "/payments", `{"amount":"5"}`, "k1")
	require.Equal(t, string(first.Body), string(after.Body))
	require.Zero(t, none.Load())

	t.Log("another body, query or path under the same key is refused")
	for path, body := range map[string]string{"/payments": `{"amount":"6"}`, "/payments?note=x": `{"amount":"5"}`} {
		answer := pay(client, path, body, "k1")
		requireProblem(t, answer, http.StatusUnprocessableEntity)
		require.Contains(t, answer.Problems(), "header.Idempotency-Key")
	}

	t.Log("another person's same key is another key")
	other := pay(administrator(t, api), "/payments", `{"amount":"5"}`, "k1")
	require.Equal(t, http.StatusCreated, other.Status)
	require.NotEqual(t, string(first.Body), string(other.Body))

	t.Log("what failed is not kept: neither validation nor refusal")
	requireProblem(t, pay(client, "/payments", `{"amount":""}`, "k2"), http.StatusUnprocessableEntity)
	requireProblem(t, pay(client, "/payments", `{"amount":"refused"}`, "k2"), http.StatusConflict)
	require.Equal(t, http.StatusCreated, pay(client, "/payments", `{"amount":"5"}`, "k2").Status)

	t.Log("a key that is none is named")
	for _, bad := range []string{"with space", strings.Repeat("k", 201), "ümlaut"} {
		require.Contains(t, pay(client, "/payments", `{"amount":"5"}`, bad).Problems(), "header.Idempotency-Key")
	}

	t.Log("without a key every request counts")
	before := effects.Load()
	pay(client, "/payments", `{"amount":"5"}`, "")
	pay(client, "/payments", `{"amount":"5"}`, "")
	require.Equal(t, before+2, effects.Load())

	t.Log("a caller without permission learns nothing of a kept answer")
	requireProblem(t, pay(httpapitest.NewClient(t, api, httpapitest.As(rbac.Employee, canWrite)), "/payments", `{"amount":"5"}`, "k1"), http.StatusForbidden)
}

func TestIdempotencyKeyAtOnce(t *testing.T) {
	t.Parallel()
	api, effects := payments(t, pgtest.New(t, "platform"))
	client := administrator(t, api)
	var wg sync.WaitGroup
	answers := make([]httpapitest.Answer, 8)
	for i := range answers {
		wg.Go(func() { answers[i] = client.Do("POST", "/payments", `{"amount":"5"}`, "Idempotency-Key", "same") })
	}
	wg.Wait()
	require.EqualValues(t, 1, effects.Load())
	replayed := 0
	for _, answer := range answers {
		require.Equal(t, http.StatusCreated, answer.Status, answer)
		require.Equal(t, string(answers[0].Body), string(answer.Body))
		if answer.Header.Get("Idempotent-Replayed") == "true" {
			replayed++
		}
	}
	require.Equal(t, len(answers)-1, replayed)
}
