package rpc_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
	"erp/internal/platform/rpc"
	"erp/internal/platform/rpc/rpctest"
)

// A refusal of a far contract names the permission as a near one does, so that it can be explained.
func TestAFarRefusalNamesThePermission(t *testing.T) {
	t.Parallel()
	lacking := rbac.Permission{Code: "asset:write", Label: "Ändern, was \"wem\" gehört\r\nX: y", Group: "Assets", Risk: rbac.High, Scopes: []rbac.Scope{rbac.Own, rbac.All}}
	wire := rpctest.New(t, "asset")
	records := auth.Records{Kind: "asset", Find: func(_ context.Context, which string) (string, error) {
		if which == "another" {
			return "", fault.New(fault.Forbidden, "closed", "Closed.")
		}
		return "", auth.Refuse(lacking, rbac.All)
	}}
	rpc.ServeRecords(wire.Server, records)
	far := rpc.NewRecords(wire.Link, records)

	_, near := records.Find(t.Context(), "one")
	_, err := far.Find(t.Context(), "one")
	require.Equal(t, near, err)
	require.Equal(t, near.Error(), err.Error())
	require.True(t, fault.Is(err, fault.Forbidden))

	_, near = records.Find(t.Context(), "another")
	_, err = far.Find(t.Context(), "another")
	require.Equal(t, near, err, "a refusal for other reasons stays what it is")
}
