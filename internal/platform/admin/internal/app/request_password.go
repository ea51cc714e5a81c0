package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
)

// PasswordRequestTask is the job that answers a request for a new password.
const PasswordRequestTask = "admin.answer-password-request"

// Requests that are counted.
const (
	requestsFromIP  = 20
	ipWindow        = 15 * time.Minute
	mailsForAddress = 3
	addressWindow   = time.Hour
)

// RequestPassword takes the wish of somebody who has forgotten their password. It does the same work, and answers the
// same, whether the address is known or not: a job looks that up later.
func (a *App) RequestPassword(ctx context.Context, email string) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		now := a.now()
		request, fromIP, err := a.requests.Add(tx, email, auth.Address(ctx), now, now.Add(-ipWindow))
		if err != nil {
			return err
		}
		if fromIP >= requestsFromIP {
			return fault.New(fault.TooMany, "too-many-requests", "Too many requests for a new password. Try again in 15 minutes.").After(ipWindow)
		}
		return jobs.Enqueue(tx, PasswordRequestTask, request)
	})
}

// AnswerPasswordRequest mails a link to the account with the address, if there is one that is open. Too many for one
// address are dropped, so that nobody's mailbox can be flooded.
func (a *App) AnswerPasswordRequest(ctx context.Context, payload json.RawMessage) error {
	var request int64
	if err := json.Unmarshal(payload, &request); err != nil {
		return fmt.Errorf("read password request: %w", err)
	}
	if !a.mailer.Configured() {
		return nil
	}
	email, nth, err := a.requests.Load(ctx, request, addressWindow)
	if err != nil || nth > mailsForAddress {
		return err
	}
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		user, err := a.users.LockByEmail(tx, email)
		if fault.Is(err, fault.NotFound) || (err == nil && !user.CanSignIn()) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, _, err := a.issue(ctx, tx, user, company); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "user.request-password", Subject: "user", SubjectID: user.ID.String(), Label: user.Name})
	})
}
