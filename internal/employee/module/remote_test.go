package module_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/employee/employeetest"
	"erp/internal/employee/remote"
	"erp/internal/employee/remote/employeewire"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
	"erp/internal/platform/resilience"
	"erp/internal/platform/rpc/rpctest"
)

// The far Directory keeps the promise of the near one.
func TestFarDirectory(t *testing.T) {
	t.Parallel()
	employeetest.TestDirectory(t, func(t *testing.T, people []employeetest.Person) (context.Context, employee.Directory, []employee.ID) {
		t.Helper()
		c, ids := openWith(t, people)
		wire := rpctest.New(t, "employee")
		remote.ServeDirectory(wire.Server, c.module.Directory())
		return c.hr.Who().Context(t.Context()), remote.NewDirectory(wire.Link), ids
	})

	t.Run("who may see nobody finds nobody, near and far", func(t *testing.T) {
		t.Parallel()
		c, _ := openWith(t, []employeetest.Person{{GivenName: "Ada", FamilyName: "Lovelace", Department: "Sales", Manager: -1}})
		wire := rpctest.New(t, "employee")
		remote.ServeDirectory(wire.Server, c.module.Directory())
		nobody := c.with(employee.ID{}, map[string]rbac.Scope{}).Who().Context(t.Context())
		for _, directory := range []employee.Directory{c.module.Directory(), remote.NewDirectory(wire.Link)} {
			found, err := directory.Search(nobody, "Ada", 10)
			require.NoError(t, err)
			require.Empty(t, found)
		}
	})

	t.Run("a refusal is the same, near and far", func(t *testing.T) {
		t.Parallel()
		wire := rpctest.New(t, "employee")
		fake := employeetest.New()
		remote.ServeDirectory(wire.Server, fake)
		directory := remote.NewDirectory(wire.Link)
		for _, said := range []*fault.Error{
			fault.New(fault.Conflict, "employee-left", "Ada left.").At("body.holder", "no longer works here"),
			fault.New(fault.PreconditionRequired, "no-version", "Name the version."),
			fault.New(fault.Unavailable, "tired", "Later.").After(7e9),
		} {
			fake.Fail(said)
			_, err := directory.Employees(t.Context(), nil)
			require.Equal(t, said, err)
		}
		fake.Fail(errors.New("secret detail"))
		_, err := directory.Employees(t.Context(), nil)
		require.Equal(t, fault.Internal, fault.KindOf(err))
		require.NotContains(t, err.Error(), "secret")
	})
}

func TestFarSteps(t *testing.T) {
	t.Parallel()
	wire := rpctest.New(t, "asset")
	var done []employee.ID
	var settled []employee.Settlement
	near := employee.OffboardingStep{
		Name: "asset.return-assets",
		Do: func(_ context.Context, leaver employee.ID) error {
			done = append(done, leaver)
			return nil
		},
		Open: func(_ context.Context, leaver employee.ID) ([]employee.OpenItem, error) {
			return []employee.OpenItem{{Kind: "asset", ID: leaver.String(), Label: "LT-1 ThinkPad", Choices: []employee.Choice{employee.ChoiceReturn}}}, nil
		},
		Settle: func(_ context.Context, _ employee.ID, items []employee.Settlement) error {
			settled = items
			return nil
		},
	}
	remote.ServeSteps(wire.Server, near)
	far := remote.NewStep(wire.Link, near)
	leaver := id.New[employee.Employee]()

	require.NoError(t, far.Do(t.Context(), leaver))
	require.Equal(t, []employee.ID{leaver}, done)
	require.Nil(t, far.Undo, "what the near step does not do is asked of nobody")
	want, err := near.Open(t.Context(), leaver)
	require.NoError(t, err)
	open, err := far.Open(t.Context(), leaver)
	require.NoError(t, err)
	require.Equal(t, want, open)

	asked := []employee.Settlement{{ItemID: leaver.String(), How: employee.ChoiceHandOver, ToID: id.New[employee.Employee](), Note: "with the bag"}}
	require.NoError(t, far.Settle(t.Context(), leaver, asked))
	require.Equal(t, asked, settled)

	t.Run("a step that nobody knows, and a caller that lets nobody leave, are refused", func(t *testing.T) {
		unknown := near
		unknown.Name = "asset.no-such-step"
		require.True(t, fault.Is(remote.NewStep(wire.Link, unknown).Do(t.Context(), leaver), fault.NotFound))
		client := employeewire.NewOffboardingStepsClient(wire.Link.HTTP(), wire.Link.URL(), wire.Link.As("invoice").Options())
		_, err := client.Do(t.Context(), &employeewire.DoRequest{Step: near.Name, Leaver: leaver.String()})
		require.True(t, fault.Is(err, fault.Forbidden), err)
		_, err = client.Settle(t.Context(), &employeewire.SettleRequest{Step: near.Name, Leaver: leaver.String()})
		require.True(t, fault.Is(err, fault.Forbidden), err)
		require.Len(t, done, 1)
	})
}

func TestNothingGetsLostOnTheWire(t *testing.T) {
	t.Parallel()
	rpctest.Survives[employee.Employee](t, &employeewire.Employee{})
	rpctest.Survives[employee.Summary](t, &employeewire.Summary{})
	rpctest.Survives[employee.OpenItem](t, &employeewire.OpenItem{})
	rpctest.Survives[employee.Settlement](t, &employeewire.Settlement{})
}

// BenchmarkDirectory asks for fifty people, as a list of fifty rows does: near is an interface call, far is the wire.
func BenchmarkDirectory(b *testing.B) {
	fake := employeetest.New()
	ids := make([]employee.ID, 50)
	for i := range ids {
		ids[i] = id.New[employee.Employee]()
		fake.Put(employee.Employee{
			ID: ids[i], Number: "E-0042", GivenName: "Ada", FamilyName: "Lovelace", Email: "ada@corp.test", Department: "Engineering",
			DepartmentID: id.New[employee.Department](), HiredOn: today, Version: 3,
		})
	}
	wire := rpctest.New(b, "employee")
	remote.ServeDirectory(wire.Server, fake)
	for name, directory := range map[string]employee.Directory{"near": fake, "far": remote.NewDirectory(wire.Link)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if found, err := directory.Employees(b.Context(), ids); err != nil || len(found) != 50 {
					b.Fatal(len(found), err)
				}
			}
		})
	}
}

// BenchmarkCall asks for one person: what a call costs beside its answer. Near is the interface, guarded is near as the
// modules ask, with time limit and breaker.
func BenchmarkCall(b *testing.B) {
	who := employee.Employee{ID: id.New[employee.Employee](), GivenName: "Ada", FamilyName: "Lovelace"}
	near := employeetest.New(who)
	wire := rpctest.New(b, "employee")
	remote.ServeDirectory(wire.Server, near)
	far := remote.NewDirectory(wire.Link)
	guard := resilience.NewPeer("The employee directory", resilience.Options{})
	ids := []employee.ID{who.ID}
	for _, way := range []struct {
		name string
		ask  func(ctx context.Context) (map[employee.ID]employee.Employee, error)
	}{
		{"near", func(ctx context.Context) (map[employee.ID]employee.Employee, error) { return near.Employees(ctx, ids) }},
		{"guarded", func(ctx context.Context) (map[employee.ID]employee.Employee, error) {
			return resilience.Call(ctx, guard, func(ctx context.Context) (map[employee.ID]employee.Employee, error) { return near.Employees(ctx, ids) })
		}},
		{"far", func(ctx context.Context) (map[employee.ID]employee.Employee, error) { return far.Employees(ctx, ids) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := way.ask(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
