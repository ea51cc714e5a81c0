package module_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/admintest"
	"erp/internal/platform/admin/remote"
	"erp/internal/platform/admin/remote/adminwire"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/rpc/rpctest"
)

func TestFarCompany(t *testing.T) {
	t.Parallel()
	wire := rpctest.New(t, "platform")
	near := admintest.NewCompany()
	near.Settings.LogoType, near.Settings.Logo = "image/png", []byte{0x89, 'P', 'N', 'G', 0}
	remote.ServeCompany(wire.Server, near)
	far, err := remote.NewCompany(wire.Link).Profile(t.Context())
	require.NoError(t, err)
	require.Equal(t, near.Settings, far, "the logo too")
}

// access remembers whose access was ended and given back.
type access struct{ revoked, restored []employee.ID }

func (a *access) Revoke(_ context.Context, leaver employee.ID) error {
	if len(a.revoked) > 0 {
		return fault.New(fault.Conflict, "last-administrator", "Nobody could administer the system any more.")
	}
	a.revoked = append(a.revoked, leaver)
	return nil
}

func (a *access) Restore(_ context.Context, leaver employee.ID) error {
	a.restored = append(a.restored, leaver)
	return nil
}

func TestFarAccess(t *testing.T) {
	t.Parallel()
	wire, near, leaver := rpctest.New(t, "platform"), &access{}, id.New[employee.Employee]()
	remote.ServeAccess(wire.Server, near)
	far := remote.NewAccess(wire.Link.As("employee"))
	require.NoError(t, far.Revoke(t.Context(), leaver))
	require.True(t, fault.Is(far.Revoke(t.Context(), leaver), fault.Conflict))
	require.NoError(t, far.Restore(t.Context(), leaver))
	require.Equal(t, &access{revoked: []employee.ID{leaver}, restored: []employee.ID{leaver}}, near)

	stranger := remote.NewAccess(wire.Link.As("invoice"))
	require.True(t, fault.Is(stranger.Revoke(t.Context(), leaver), fault.Forbidden))
}

func TestNothingGetsLostOnTheWire(t *testing.T) {
	t.Parallel()
	rpctest.Survives[admin.CompanyProfile](t, &adminwire.CompanyProfile{})
}
