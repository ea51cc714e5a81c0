package rpc

import (
	"context"
	"encoding/json"
	"fmt"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
	"erp/internal/platform/rpc/rpcwire"
)

// NewStanding asks the process where people sign in, at the other end of the link.
func NewStanding(link *Link) auth.Standing {
	far := rpcwire.NewStandingClient(link.HTTP(), link.URL(), link.Options())
	return func(ctx context.Context, who auth.Principal) (auth.Principal, *rbac.Rights, error) {
		raw, err := json.Marshal(who)
		if err != nil {
			return who, nil, fmt.Errorf("ask what somebody may do: %w", err)
		}
		answer, err := within(ctx, link, consoleWaits, func(ctx context.Context) (*rpcwire.OfResponse, error) {
			return far.Of(ctx, &rpcwire.OfRequest{Who: raw})
		})
		if err != nil {
			return who, nil, err
		}
		return standingFrom(answer)
	}
}

// standingFrom reads the answer; a scope of a newer version grants nothing.
func standingFrom(answer *rpcwire.OfResponse) (auth.Principal, *rbac.Rights, error) {
	var who auth.Principal
	if err := json.Unmarshal(answer.GetWho(), &who); err != nil {
		return who, nil, fmt.Errorf("read what somebody may do: %w", err)
	}
	scopes := map[string]rbac.Scope{}
	for code, name := range answer.GetScopes() {
		if scope, err := rbac.ParseScope(name); err == nil && scope != rbac.None {
			scopes[code] = scope
		}
	}
	return who, rbac.NewRights(scopes), nil
}

// ServeStanding lets the modules of other processes ask what somebody may do whose work goes on there.
func ServeStanding(s *Server, standing auth.Standing) {
	s.Mount(rpcwire.NewStandingHandler(nearStanding{standing}, s.Options()))
}

type nearStanding struct{ of auth.Standing }

// Of implements rpcwire.StandingHandler.
func (n nearStanding) Of(ctx context.Context, in *rpcwire.OfRequest) (*rpcwire.OfResponse, error) {
	var who auth.Principal
	if err := json.Unmarshal(in.GetWho(), &who); err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "Who is asked about cannot be read.").Wrap(err)
	}
	who, rights, err := n.of(ctx, who)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(who)
	if err != nil {
		return nil, fmt.Errorf("tell what somebody may do: %w", err)
	}
	scopes := map[string]string{}
	for code, scope := range rights.Scopes() {
		scopes[code] = scope.String()
	}
	return &rpcwire.OfResponse{Who: raw, Scopes: scopes}, nil
}
