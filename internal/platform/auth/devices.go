package auth

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/google/uuid"

	"erp/internal/platform/database"
)

// Device is a living session as its owner and the administrator see it.
type Device struct {
	ID        SessionID `json:"id"`
	IP        string    `json:"ip" doc:"The address of its sign-in"`
	Network   Network   `json:"network" enum:"machine,private,internet,unknown" doc:"What is known of the place: nobody outside is asked where an address is"`
	Agent     string    `json:"agent" doc:"What the browser calls itself"`
	CreatedAt time.Time `json:"createdAt"`
	SeenAt    time.Time `json:"seenAt" doc:"Last used, within a minute"`
	ExpiresAt time.Time `json:"expiresAt"`
	Current   bool      `json:"current" doc:"The session of this request"`
	Method    Method    `json:"method" enum:"password,provider,passkey" doc:"How it was begun"`
	// SecondFactor tells a sign-in with two factors from one with a password alone.
	SecondFactor bool `json:"secondFactor" doc:"Whether a second factor was shown"`
}

// Network is what an address says of the place.
type Network string

// The networks.
const (
	OnThisMachine Network = "machine"
	OnPrivate     Network = "private" // of a company or a home, also by VPN
	OnInternet    Network = "internet"
	OnUnknown     Network = "unknown"
)

func networkOf(address string) Network {
	ip, err := netip.ParseAddr(address)
	ip = ip.Unmap()
	switch {
	case err != nil:
		return OnUnknown
	case ip.IsLoopback():
		return OnThisMachine
	case ip.IsPrivate(), ip.IsLinkLocalUnicast(), shared.Contains(ip):
		return OnPrivate
	default:
		return OnInternet
	}
}

// shared is what providers give to many customers behind one address, and VPNs to theirs (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10") //nolint:gochecknoglobals // because it never changes

// Devices lists the person's living sessions, the latest used first.
func (s *Sessions) Devices(ctx context.Context, user UserID) ([]Device, error) {
	now := s.now()
	rows, err := s.db.Pool().Query(ctx, `
		SELECT id, ip, agent, created_at, seen_at, expires_at, method, second_factor FROM session
		WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND seen_at > $3
		ORDER BY seen_at DESC LIMIT 200`, user.String(), now, now.Add(-IdleFor))
	if err != nil {
		return nil, database.Fault(fmt.Errorf("list sessions: %w", err))
	}
	defer rows.Close()
	devices := []Device{}
	current := From(ctx).SessionID
	for rows.Next() {
		var d Device
		var session uuid.UUID
		if err := rows.Scan(&session, &d.IP, &d.Agent, &d.CreatedAt, &d.SeenAt, &d.ExpiresAt, &d.Method, &d.SecondFactor); err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		d.ID = SessionID(session)
		d.Network = networkOf(d.IP)
		d.Current = d.ID == current
		devices = append(devices, d)
	}
	if err := rows.Err(); err != nil {
		return nil, database.Fault(fmt.Errorf("list sessions: %w", err))
	}
	return devices, nil
}
